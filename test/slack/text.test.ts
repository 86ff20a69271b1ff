import { describe, expect, it, test } from "vitest";
import { plain, safe } from "../../src/slack/text.ts";

const names = new Map([["U1", "alice"]]);

describe("stored words as plain text", () => {
  test.each([
    ["<@U1> looks", "@alice looks"],
    ["<@U9|carol> looks", "@carol looks"],
    ["<@U9> looks", "@U9 looks"],
    ["see <#C1|ops>", "see #ops"],
    ["<!channel> down", "@channel down"],
    ["<!subteam^S1|@sre>", "@sre"],
    ["<!date^1^{date}|2024>", "2024"],
    ["<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"],
    ["<https://a.example|a>", "a (https://a.example)"],
    ["<mailto:a@b.example|a@b.example>", "a@b.example"],
    ["a &lt;b&gt; &amp;lt;", "a <b> &lt;"],
    ["a < b", "a < b"],
    ["evil\u202Etxt", "eviltxt"],
  ])("%s", (stored, read) => {
    expect(plain(stored, names)).toBe(read);
  });

  it("cannot mention once it is escaped again", () => {
    expect(safe("<!channel> &lt;!here&gt; <@U1>", names)).toBe("@channel &lt;!here&gt; @alice");
  });
});

import { describe, expect, it } from "vitest";
import { write } from "../../src/postmortem/markdown.ts";
import { blocks } from "../../src/postmortem/mrkdwn.ts";

const people = new Map([["U1", { name: "alice" }]]);
const markdownOf = (mrkdwn: string) =>
  write({ type: "root", children: blocks(mrkdwn, { people, zone: "UTC" }) }).trimEnd();

describe("Slack's mrkdwn in a post-mortem", () => {
  it.each([
    ["<@U1> acknowledged", "@alice acknowledged"],
    ["<@U9|carol> and <@U8>", "@carol and @U8"],
    ["see <#C1|payments>", "see #payments"],
    ["<!subteam^S1|@sre> <!here> <!channel>", "@sre @here @channel"],
    ["since <!date^1708007400^{date} at {time}|a while ago>", "since 2024-02-15 14:30 UTC"],
    ["<!date^soon^{date}|a while ago>", "a while ago"],
    ["<https://acme.test/a?b=1&amp;c=2|the graph>", "[the graph](https://acme.test/a?b=1&c=2)"],
    ["<https://acme.test/?a=1&amp;copy;=2|tricky>", "[tricky](https://acme.test/?a=1\\&copy;=2)"],
    ["about ~500 users, ~20%", "about ~500 users, ~20%"],
    ["~not~ struck ~out", "~~not~~ struck ~out"],
    ["a~b~c d~~e~~f", "a\\~b\\~c d\\~\\~e\\~\\~f"],
    ["<https://acme.test/x>", "<https://acme.test/x>"],
    ["<mailto:sre@acme.test|sre@acme.test>", "<sre@acme.test>"],
    ["<javascript:alert(1)|press me>", "press me"],
    ["https://acme.test/typed, in a form", "<https://acme.test/typed>, in a form"],
    ["*bold* _italic_ ~gone~ `a &lt;b&gt; *c*`", "**bold** _italic_ ~~gone~~ `a <b> *c*`"],
    ["*bold _both_*", "**bold _both_**"],
    ["2*3*4 snake_case_name a ~ b ~ c", "2\\*3\\*4 snake_case_name a \\~ b \\~ c"],
    ["```curl &lt;url&gt;\n# not a heading```", "```\ncurl <url>\n# not a heading\n```"],
    ["before ```code``` after", "before\n\n```\ncode\n```\n\nafter"],
    ["```never closed", "\\`\\`\\`never closed"],
    ["&gt; quoted\n&gt; twice\nsaid", "> quoted\\\n> twice\n\nsaid"],
    ["&gt;&gt;&gt; all\nof it", "> all\\\n> of it"],
    ["• one\n    ◦ below\n• two", "- one\n  - below\n- two"],
    ["1. first\n2. second", "1. first\n2. second"],
    ["one\ntwo\n\nthree", "one\\\ntwo\n\nthree"],
    [":rotating_light: on :acme-logo: at 10:30:15", "🚨 on :acme-logo: at 10:30:15"],
    [":wave::skin-tone-3:", "👋"],
    ["# heading", "\\# heading"],
    ["## a\n---\n===", "\\## a\\\n\\---\\\n\\==="],
    ["&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script>alert(1)\\</script>"],
    ["&lt;!-- and it never ends", "\\<!-- and it never ends"],
    ["[x](javascript:1) ![y](z)", "\\[x]\\(javascript:1) !\\[y]\\(z)"],
    ["safe\u202Egnp.exe\u0000", "safegnp.exe"],
  ])("%s", (mrkdwn, markdown) => {
    expect(markdownOf(mrkdwn)).toBe(markdown);
  });
});

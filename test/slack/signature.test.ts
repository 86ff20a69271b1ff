import { describe, expect, test } from "vitest";
import { type Signed, signatureCheck } from "../../src/slack/signature.ts";

// The example of https://docs.slack.dev/authentication/verifying-requests-from-slack
const body =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
const slacks: Signed = {
  timestamp: "1531420618",
  signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  body: Buffer.from(body),
};
const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const then = 1_531_420_618_000;
const wrong = signatureCheck(secret);

describe("a request's signature", () => {
  test("is right in Slack's own example, and for five minutes", () => {
    expect(wrong(slacks, then)).toBeNull();
    expect(wrong(slacks, then + 300_999)).toBeNull();
    expect(wrong(slacks, then + 301_000)).toContain("more than five minutes ago");
  });

  test.each<[string, Partial<Signed>]>([
    ["it is not signed", { signature: undefined }],
    ["it is not signed", { timestamp: undefined }],
    ["its timestamp is no number", { timestamp: "soon" }],
    ["its timestamp is no number", { timestamp: "" }],
    ["SLACK_SIGNING_SECRET", { timestamp: "1531420619" }],
    ["SLACK_SIGNING_SECRET", { body: Buffer.from(`${body} `) }],
    ["SLACK_SIGNING_SECRET", { signature: "" }],
    ["SLACK_SIGNING_SECRET", { signature: slacks.signature?.replace("v0", "v1") }],
    ["SLACK_SIGNING_SECRET", { signature: slacks.signature?.slice(0, -1) }],
    ["SLACK_SIGNING_SECRET", { signature: slacks.signature?.replace("a2", "a3") }],
    ["SLACK_SIGNING_SECRET", { signature: `v0=${"é".repeat(64)}` }],
  ])("is wrong, and says so: %s (%j)", (why, change) => {
    expect(wrong({ ...slacks, ...change }, then)).toContain(why);
  });

  test("is wrong under another secret", () => {
    expect(signatureCheck(`${secret}0`)(slacks, then)).toContain("SLACK_SIGNING_SECRET");
  });
});

import fc from "fast-check";

/** What people, and people who mean ill, put into text fields; encoded, as Slack delivers it or not. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 200 }),
  fc.constantFrom(
    "<!channel> prod is down",
    "&lt;!here&gt; &lt;@U1&gt;",
    "<@U1> and <https://evil.example|https://good.example>",
    "<!subteam^S1|@sre> <#C1|ops>",
    "```code` *bold _it ~",
    "evil \u202Eexe.txt\u202C and \u2066isolated",
    "مرحبا 👩‍👩‍👧‍👦 :fire: 日本語",
    "&&&&<<<>>>",
    "line one\nline two\n\n\nline five",
    "\u0000\u0001",
    "@everyone @channel #general https://evil.example",
    "<https://",
    " ",
  ),
  fc.constantFrom("x", "&amp;", "👩‍👩‍👧‍👦", "<!channel>", "*", "\n").map((part) => part.repeat(4000)),
);

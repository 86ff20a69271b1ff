import fc from "fast-check";

const shards = [
  ...Array.from("`*_~<>[]()!#-+=|&;:\\\"'\n\r\t @.^{}/$%0123456789aZé🙂\u00a0\u200b\u202e\u2028\ud800"),
  "```",
  "~~~",
  "# ",
  "## Summary",
  "\n\n",
  "\n---\n",
  "\n===\n",
  "- [ ] ",
  "1. ",
  "    ",
  "<!--",
  "-->",
  "<![CDATA[",
  "<?php",
  "</details>",
  "<script>",
  "&lt;",
  "&gt; ",
  "&gt;&gt;&gt;",
  "&amp;",
  "&#35;",
  "<https://a.test|",
  "<https://a.test/)(|x>",
  "<@U1>",
  "<!date^1^{date}|",
  "[a]: ",
  "[^1]: ",
  "](",
  "| a |\n|---|\n",
  "https://a.test/",
  "www.a.test",
  "mailto:a@b.test",
  ":pushpin:",
  "• ",
];
/** What breaks a document, where anything does. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...shards), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 30 })
  .map((parts) => parts.join(""));

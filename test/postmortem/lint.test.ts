import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { lint } from "../../src/postmortem/lint/lint.ts";

const classesOf = (text: string, strict = false) => lint(text, { strict }).map((finding) => finding.class);

describe("blame is found:", () => {
  test.each([
    ["Bob deployed buggy code.", "person-as-cause"],
    ["The outage was human error.", "person-as-cause"],
    ["Dmitri broke the build at 14:30.", "person-as-cause"],
    ["@linh misconfigured the pool.", "person-as-cause"],
    ["An engineer pushed an untested change.", "person-as-cause"],
    ["The operator took the database down.", "person-as-cause"],
    ["It was caused by Bob.", "person-as-cause"],
    ["Bob's mistake cost us an hour.", "person-as-cause"],
    ["Alice didn't review properly.", "failure-to-act"],
    ["Alice didn’t review properly.", "failure-to-act"],
    ["The team failed to notice the alert.", "failure-to-act"],
    ["On-call ignored the page.", "failure-to-act"],
    ["The engineer on call missed the alarm.", "failure-to-act"],
    ["We did not test the rollback.", "failure-to-act"],
    ["Nobody noticed for 20 minutes.", "failure-to-act"],
    ["@alice forgot to renew the certificate.", "failure-to-act"],
    ["The deployment should have been stopped.", "should-have"],
    ["Somebody shouldn't have merged this.", "should-have"],
  ])("%s", (text, found) => {
    expect(classesOf(text)).toContain(found);
  });
});

describe("nothing is found in what speaks of the system:", () => {
  test.each([
    "The deployment process did not catch the bug.",
    "The health check failed to fire.",
    "The alert did not reach the team.",
    "Retries hammered the card processor.",
    "Bob rolled back the payment service to v2.3.1.",
    "Alice declared the incident and took command.",
    "Carol found the bug in the retry logic.",
    "We did not lose any data.",
    "Alice was not paged because her number was out of date.",
    "Nobody was called.",
    "The load balancer ignored the health check.",
    "The team’s dashboard failed to load.",
    "Caching missed the new key.",
    "## Human error",
    "> Bob deployed buggy code",
    'He said "Bob deployed buggy code" in the channel.',
    "He said “Alice should have checked”.",
    "```\nBob deployed buggy code\n```",
    "Run `should have` first.",
    "- [ ] Bob should have a second pair of eyes (Owner: @bob)",
    "## Action Items\n\n- Bob should have reviewed this",
  ])("%s", (text) => {
    expect(lint(text)).toEqual([]);
  });
});

describe("only when asked for strictly:", () => {
  test.each([
    ["It was a careless change.", "judgement"],
    ["In hindsight the limit was too high.", "hindsight"],
    ["It could have been prevented.", "hindsight"],
    ["The only reason was the retry loop.", "single-cause"],
    ["The root cause was the retry loop.", "single-cause"],
  ])("%s", (text, found) => {
    expect(classesOf(text)).not.toContain(found);
    expect(classesOf(text, true)).toContain(found);
  });
});

it("says where, in lines and columns of the source, and what to write instead", () => {
  const [finding, ...more] = lint(
    "# Title\n\nAll was **well** &amp; calm. Then *Bob* deployed buggy code.\n",
  );
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ line: 3, class: "person-as-cause" });
  expect(finding?.column).toBe("All was **well** &amp; calm. Then *".length + 1);
  expect(finding?.text).toBe("Bob* deployed buggy code");
  expect(finding?.suggestion).toContain("The deployment process did not catch");
});

it("knows people by the names it is given and by their handles", () => {
  expect(lint("Xyl broke the build.")).toEqual([]);
  expect(lint("Xyl broke the build.", { people: ["xyl"] })).toHaveLength(1);
  expect(lint("Xyl broke the build.\n\nParticipants: @xyl")).toHaveLength(1);
});

it("is quiet again after the section of action items", () => {
  const text =
    "## Action Items\n\n- Bob should have help\n\n## What To Improve\n\nBob should have had help.\n";
  expect(lint(text).map(({ line }) => line)).toEqual([7]);
});

it("takes any text, and points into it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      for (const { line, column } of lint(`${text}\n\nBob broke it.`)) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 50 },
  );
});

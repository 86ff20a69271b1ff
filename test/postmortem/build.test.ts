import { describe, expect, it } from "vitest";
import { words } from "../../src/domain/words.ts";
import { buildPostmortem } from "../../src/postmortem/build.ts";
import {
  at,
  declared,
  logged,
  material,
  opened,
  outage,
  published,
  resolved,
  rulesIn,
  said,
  startedSet,
  tsOf,
} from "./story.ts";

const linesOf = (markdown: string, section: string): string[] => {
  const body = markdown.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  return body.split("\n").filter((line) => line !== "");
};
const headerOf = (markdown: string) => markdown.split("\n## ")[0] ?? "";

describe("a post-mortem", () => {
  it("opens with title and facts", () => {
    const { filename, markdown } = buildPostmortem(outage());
    expect(filename).toBe("INC-42-post-mortem.md");
    expect(headerOf(markdown)).toBe(`# Post-Mortem: Payment Service Outage

- **Incident:** INC-42 (SEV2)
- **Date:** 2024-02-15
- **Duration:** 14:30 - 14:52 UTC (22 minutes)
- **Impact:** 15% checkout failures, ~500 affected users
- **Commander:** _not recorded_ · **Authors:** _not recorded_
- **Status:** Draft
`);
  });

  it("lists what happened at the time it happened, each line with its source", () => {
    expect(linesOf(buildPostmortem(outage()).markdown, "Timeline")).toEqual([
      "- 14:30 - Deployed v2.3.2 with new retry logic",
      "- 14:36 - Declared as SEV2 by @alice",
      `- 14:40 - Rolling back, @alice has the [pipeline](https://ci.acme.test/42) ([source](https://acme.slack.com/archives/C42/p${tsOf(at("14:40")).replace(".", "")}))`,
      "- 14:41 - Status MITIGATING, was INVESTIGATING, set by @bob",
      "- 14:55 - Resolved by @alice; users had recovered at 14:52 UTC: Rolled back to v2.3.1",
    ]);
  });

  it("tells changes as they were made, and opens with the last severity and title", () => {
    const { markdown } = buildPostmortem(
      material([
        ...outage()
          .events.map(({ event }) => event)
          .slice(0, -1),
        {
          type: "SeverityChanged",
          at: at("14:42"),
          actor: { kind: "slack", user: "U2" },
          data: {
            from: "SEV2",
            to: "SEV3",
            wasProvisional: false,
            reason: words("why", "one region, says <@U1>"),
          },
        },
        published(at("14:42"), {
          n: 3,
          change: { kind: "severity", from: "SEV2", to: "SEV3", reason: words("why", "one region") },
        }),
        {
          type: "SeverityChanged",
          at: at("14:43"),
          actor: { kind: "slack", user: "U2" },
          data: { from: "SEV3", to: "SEV3", wasProvisional: true, reason: null },
        },
        {
          type: "TitleChanged",
          at: at("14:44"),
          actor: { kind: "slack", user: "U2" },
          data: { from: words("title", "Payment Service Outage"), to: words("t2", "*Card* payments fail") },
        },
        resolved(at("14:55")),
      ]),
    );
    expect(headerOf(markdown)).toContain("# Post-Mortem: **Card** payments fail");
    expect(headerOf(markdown)).toContain("INC-42 (SEV3)");
    expect(linesOf(markdown, "Timeline").slice(-4, -1)).toEqual([
      "- 14:42 - Severity SEV3, was SEV2, set by @bob: one region, says @alice",
      "- 14:43 - Severity SEV3, confirmed by @bob",
      "- 14:44 - Title “**Card** payments fail”, was “Payment Service Outage”, set by @bob",
    ]);
    expect(linesOf(markdown, "Updates Sent")).toContain(
      "  > Severity: SEV3, was SEV2 (one region) · Next update: 15:12 UTC",
    );
  });

  it("has its sections in one order", () => {
    const { markdown } = buildPostmortem(outage());
    expect(markdown.split("\n").filter((line) => line.startsWith("## "))).toEqual([
      "## Summary",
      "## Timeline",
      "## Root Cause",
      "## Impact",
      "## Action Items",
      "## What Went Well",
      "## What To Improve",
      "## Where We Got Lucky",
      "## Response Times",
      "## Updates Sent",
      "## Escalations",
      "## Participants",
    ]);
  });

  it("says what is still to be written, and marks what was assumed", () => {
    const { markdown } = buildPostmortem(
      material([
        declared(at("14:36")),
        resolved(at("14:55"), {
          recovered: { at: at("14:55"), assumed: true },
          fix: null,
          dataLoss: null,
        }),
      ]),
    );
    expect(headerOf(markdown)).toContain(
      "**Duration:** 14:36 _(assumed)_ - 14:55 UTC _(assumed)_ (19 minutes)",
    );
    expect(headerOf(markdown)).toContain("**Impact:** _not recorded_");
    expect(linesOf(markdown, "Summary")).toEqual([
      "INC-42 (SEV2) began at 14:36 UTC _(assumed)_ and was declared by @alice at 14:36 UTC. Users had recovered at 14:55 UTC _(assumed)_, 19 minutes after it began; it was resolved by @alice. Nobody took command.",
      "**What happened:** _not recorded_\\",
      "**What fixed it:** _To be written_\\",
      "**Data loss:** not established",
    ]);
    expect(linesOf(markdown, "Root Cause")).toEqual(["_To be written_"]);
    expect(linesOf(markdown, "What Went Well")).toEqual(["_To be written_"]);
    expect(linesOf(markdown, "What To Improve")).toEqual(["_To be written_"]);
    expect(linesOf(markdown, "Action Items")).toEqual(["_None recorded._"]);
    expect(linesOf(markdown, "Impact")).toEqual(["_not recorded_", "**Data loss:** not established"]);
  });

  it("calls the start unknown when users had recovered before anybody declared", () => {
    const { markdown } = buildPostmortem(material([declared(at("14:56")), resolved(at("14:57"))]));
    expect(headerOf(markdown)).toContain("**Duration:** _not recorded_ - 14:52 UTC\n");
  });

  it("does not pretend that an open incident has ended", () => {
    const { markdown } = buildPostmortem(material([declared(at("14:36"))]));
    expect(headerOf(markdown)).toContain("**Duration:** 14:36 UTC _(assumed)_ - _not resolved_");
    expect(linesOf(markdown, "Summary")).toEqual([
      "INC-42 (SEV2) began at 14:36 UTC _(assumed)_ and was declared by @alice at 14:36 UTC. It is not resolved: INVESTIGATING. Nobody took command.",
      "**What happened:** _not recorded_\\",
      "**Data loss:** not established",
    ]);
  });

  it("prints written sections in their writer's words and names the author", () => {
    const { markdown } = buildPostmortem(
      material([
        declared(at("14:36")),
        {
          type: "SectionsWritten",
          at: at("15:10"),
          actor: { kind: "slack", user: "U2" },
          data: {
            sections: { rootCause: words("rc", "Retries had no limit.\n\n- no breaker\n- no back-off") },
          },
        },
      ]),
    );
    expect(linesOf(markdown, "Root Cause")).toEqual([
      "Retries had no limit.",
      "- no breaker",
      "- no back-off",
    ]);
    expect(headerOf(markdown)).toContain("**Authors:** @bob");
  });

  it("gives each response time both its timestamps and where they came from", () => {
    expect(linesOf(buildPostmortem(outage()).markdown, "Response Times")).toEqual([
      "- **Detect:** 6 minutes, from 14:30 UTC (set by @alice) to 14:36 UTC (declared by @alice)",
      "- **Acknowledge:** _not recorded_",
      "- **Mitigate:** _not recorded_",
      "- **Resolve:** 22 minutes, from 14:30 UTC (set by @alice) to 14:52 UTC (given by @alice)",
    ]);
  });

  it("shows each update as it was posted, with the sources of its draft", () => {
    const text = words("m1", "Rollback completed");
    const impact = words("impact", "15% checkout failures");
    const lines = {
      status: "MITIGATING" as const,
      impact,
      started: { at: at("14:30"), assumed: false },
      currentAction: text,
      nextUpdate: at("15:21"),
    };
    const ts = tsOf(at("14:45"));
    const due = at("14:51");
    const { markdown } = buildPostmortem(
      material([
        declared(at("14:36")),
        opened(at("14:36")),
        {
          type: "UpdateReminded",
          at: due,
          actor: { kind: "bot" },
          data: {
            due,
            to: "U1",
            draft: { lines, sources: [{ line: "currentAction", from: "message", at: at("14:45"), ts }] },
            graceUntil: null,
          },
        },
        published(due + 1000, { lines, answers: due }),
        {
          type: "MessagePosted",
          at: due + 2000,
          actor: { kind: "bot" },
          data: { slot: "update:2:channel", channel: "C42", ts: tsOf(due + 2000) },
        },
      ]),
    );
    expect(linesOf(markdown, "Updates Sent").slice(-7)).toEqual([
      `- **Update 2** - 14:51 UTC, by @alice ([source](https://acme.slack.com/archives/C42/p${tsOf(due + 2000).replace(".", "")}))`,
      "  > Status: MITIGATING\\",
      "  > Impact: 15% checkout failures\\",
      "  > Started: 14:30 UTC\\",
      "  > Current action: Rollback completed\\",
      "  > Next update: 15:21 UTC",
      `  - Current action: message, 14:45 UTC ([source](https://acme.slack.com/archives/C42/p${ts.replace(".", "")}))`,
    ]);
  });

  it("lists no announcement where none was made", () => {
    const declaration = declared(at("14:36"));
    const off = { ...declaration, data: { ...declaration.data, announce: false } } as typeof declaration;
    const { markdown } = buildPostmortem(material([off]));
    expect(linesOf(markdown, "Updates Sent")).toEqual(["_None recorded._"]);
    const refused = {
      type: "EffectRefused" as const,
      at: at("14:37"),
      actor: { kind: "bot" as const },
      data: { key: "42:post:announcement", error: "channel_not_found", sentence: "#incidents is missing" },
    };
    const { markdown: missing } = buildPostmortem(material([declaration, refused]));
    expect(linesOf(missing, "Updates Sent")).toEqual(["_None recorded._"]);
  });

  it("says since when an automatic update had nothing to report", () => {
    const { markdown } = buildPostmortem(
      material([declared(at("14:36")), published(at("14:56"), { automaticSince: at("14:36") })]),
    );
    expect(linesOf(markdown, "Updates Sent")).toContain(
      "- **Update 2** - 14:56 UTC, automatic: nothing new reported since 14:36 UTC",
    );
  });

  it("names everybody who took part, once, without bots", () => {
    const { markdown } = buildPostmortem(
      material(
        [declared(at("14:36")), logged(at("14:38"), at("14:30"), "x")],
        [
          said(at("14:40"), "unmarked words", { author: "U3", marks: [] }),
          said(at("14:41"), "beep", { author: "UBOT", marks: [] }),
        ],
        {
          people: new Map([
            ["U1", { name: "alice" }],
            ["U2", { name: "bob" }],
            ["UBOT", { name: "deployer", isBot: true }],
          ]),
        },
      ),
    );
    expect(linesOf(markdown, "Participants")).toEqual(["- @U3", "- @alice", "- @bob"]);
  });
});

describe("the timeline", () => {
  const timeline = (...[events, messages, more]: Parameters<typeof material>) =>
    linesOf(buildPostmortem(material(events, messages, more)).markdown, "Timeline");

  it("holds neither what is unmarked or hidden, nor reminders and updates", () => {
    const events = [
      declared(at("14:36")),
      logged(at("14:38"), at("14:30"), "taken back"),
      {
        type: "EntryHidden" as const,
        at: at("14:39"),
        actor: { kind: "bot" as const },
        data: { entry: `e${at("14:30")}` },
      },
      published(at("14:56"), { automaticSince: at("14:36") }),
      {
        type: "UpdateSnoozed" as const,
        at: at("14:57"),
        actor: { kind: "bot" as const },
        data: { due: 1, until: 2 },
      },
    ];
    const messages = [
      said(at("14:41"), "never marked", { marks: [] }),
      said(at("14:42"), "marked, then not", {
        marks: [{ person: "U1", kind: "pushpin", present: false, eventTs: "2" }],
      }),
    ];
    expect(timeline(events, messages)).toEqual(["- 14:36 - Declared as SEV2 by @alice"]);
  });

  it("keeps of a deleted message that it was there, and nothing else of it", () => {
    const secret = said(at("14:43"), "a secret", { files: [], deletedAt: at("14:44") });
    expect(
      timeline([declared(at("14:36"))], [secret, said(at("14:45"), "never marked", { marks: [] })]),
    ).toEqual(["- 14:36 - Declared as SEV2 by @alice", "- 14:43 - _deleted by its author, 14:44 UTC_"]);
  });

  it("keeps the order of arrival among entries of the same time", () => {
    const events = [
      declared(at("14:36")),
      logged(at("14:40"), at("14:35"), "arrived second"),
      logged(at("14:39"), at("14:35") + 0, "arrived first"),
    ].map((event, index) =>
      event.type === "EntryLogged" ? { ...event, data: { ...event.data, entry: `e${index}` } } : event,
    );
    expect(timeline(events).slice(0, 2)).toEqual(["- 14:35 - arrived first", "- 14:35 - arrived second"]);
  });

  it("prints the day wherever it changes", () => {
    const events = [
      declared(at("23:50")),
      startedSet(at("23:51"), at("23:40")),
      logged(at("23:58"), at("23:45"), "before midnight"),
      logged(at("00:10", "2024-02-16"), at("00:05", "2024-02-16"), "after midnight"),
      resolved(at("00:20", "2024-02-16"), { recovered: { at: at("00:12", "2024-02-16"), assumed: false } }),
    ];
    expect(timeline(events)).toEqual([
      "- 23:45 - before midnight",
      "- 23:50 - Declared as SEV2 by @alice",
      "- 2024-02-16 00:05 - after midnight",
      "- 00:20 - Resolved by @alice; users had recovered at 00:12 UTC: Rolled back to v2.3.1",
    ]);
    expect(headerOf(buildPostmortem(material(events)).markdown)).toContain(
      "**Duration:** 23:40 - 2024-02-16 00:12 UTC (32 minutes)",
    );
  });

  it("prints the offset where the clocks are changed, and the duration stays exact", () => {
    const day = "2024-03-31";
    const events = [
      declared(at("00:50", day)),
      startedSet(at("00:51", day), at("00:45", day)),
      logged(at("01:20", day), at("01:10", day), "after the change"),
      resolved(at("01:30", day), { recovered: { at: at("01:15", day), assumed: false }, fix: null }),
    ];
    const rules = rulesIn("Europe/Berlin");
    expect(timeline(events, [], { rules })).toEqual([
      "- 01:50 - Declared as SEV2 by @alice",
      "- 03:10 UTC+2 - after the change",
      "- 03:30 - Resolved by @alice; users had recovered at 03:15 UTC+2",
    ]);
    expect(headerOf(buildPostmortem(material(events, [], { rules })).markdown)).toContain(
      "**Duration:** 01:45 UTC+1 - 03:15 UTC+2 (30 minutes)",
    );
  });

  it("links a reply into its thread", () => {
    const parent = tsOf(at("14:40"));
    const ts = tsOf(at("14:41"));
    expect(
      timeline([declared(at("14:36"))], [said(at("14:41"), "a reply", { ts, threadTs: parent })]).at(-1),
    ).toBe(
      `- 14:41 - a reply ([source](https://acme.slack.com/archives/C42/p${ts.replace(".", "")}?thread_ts=${parent}&cid=C42))`,
    );
  });

  it("names a file that was shared without a word", () => {
    const files = ["graph.png"];
    expect(
      timeline([declared(at("14:36"))], [said(at("14:41"), "", { files })], { teamUrl: undefined }).at(-1),
    ).toBe("- 14:41 - Shared graph.png");
  });

  it("is never cut", () => {
    const events = [
      declared(at("14:36")),
      ...Array.from({ length: 2000 }, (_, index) => {
        const event = logged(at("15:00"), at("14:36"), `entry ${index}`);
        return event.type === "EntryLogged"
          ? { ...event, data: { ...event.data, entry: `e${index}` } }
          : event;
      }),
    ];
    expect(timeline(events)).toHaveLength(2001);
  });
});

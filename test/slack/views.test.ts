import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { words } from "../../src/domain/words.ts";
import { commandWords } from "../../src/slack/id-shape.ts";
import { verbs } from "../../src/slack/commands/vocabulary.ts";
import { helpView, menuView } from "../../src/slack/views/help.ts";
import type { Message } from "../../src/slack/views/limits.ts";
import { listView } from "../../src/slack/views/list.ts";
import type { ViewModel } from "../../src/slack/views/model.ts";
import { renderSlot } from "../../src/slack/views/render-slot.ts";
import { reply } from "../../src/slack/views/reply.ts";
import { statusView } from "../../src/slack/views/status.ts";
import { maxTotalBlockText, totalBlockText, validateMessage } from "../../src/workspace/block-kit/message.ts";
import { blockLines } from "../../src/workspace/block-text.ts";
import { after, alice, bob, declare, given, opened, rules, text } from "../domain/given.ts";
import { hostileText } from "./hostile.ts";

const names = new Map([
  ["U1", "alice"],
  ["U2", "bob"],
]);
const model = (incident: Incident, now = after(20)): ViewModel => ({
  incident,
  rules,
  now,
  names,
  teamUrl: "https://acme.slack.com/",
});

/** The incident with this message in Slack. */
const standing = (incident: Incident, slot: string): Incident => ({
  ...incident,
  posts: { ...incident.posts, [slot]: { channel: "C1", ts: "1708007000.000100" } },
});

/** As a person reads it. */
function shown(message: Message | null): string {
  if (!message) throw new Error("the slot is not wanted");
  const reader = {
    now: () => after(20),
    personName: (id: string) => names.get(id),
    channelName: () => "inc-1-checkout-500s",
    groupName: () => undefined,
  };
  return message.blocks.flatMap((block) => blockLines(block, reader)).join("\n");
}

const update = (more: Partial<Extract<Command, { type: "PublishUpdate" }>> = {}): Command => ({
  type: "PublishUpdate",
  at: after(5),
  actor: bob,
  incident: 1,
  ...more,
});
const remind = (due: number, at = due): Command => ({
  type: "RemindUpdate",
  at,
  actor: alice,
  incident: 1,
  due,
  keyEntries: [],
});

describe("the control card", () => {
  it("shows where a new incident stands", () => {
    const card = renderSlot("card", model(given([declare({ severity: null }), opened]).state));
    expect(shown(card)).toBe(
      [
        "INC-1 checkout 500s",
        "Status: INVESTIGATING",
        "Severity: SEV2, provisional",
        "Impact: being assessed",
        "Commander: nobody yet",
        "Started: 14:36 UTC (assumed) · 20 minutes ago",
        "Nobody was called",
        "Last update: none yet",
        "Next update: 14:51 UTC",
        "Current action: not recorded",
        "[Take command] [Ack] [Call on-call] [Update] [Mitigate] [Resolve] [Log] [More] [⋯ Roles | Change severity | Change title | Action items | Cancel or same as another]",
        "Everything said in this channel is recorded.",
      ].join("\n"),
    );
  });

  it("shows how a resolved one ended, with what is still to do", () => {
    const { state } = given([
      declare(),
      opened,
      { type: "Resolve", at: after(16), actor: bob, incident: 1, fix: text("rolled back") },
    ]);
    const read = shown(renderSlot("card", model(state)));
    expect(read).toContain("Fixed by: rolled back");
    expect(read).toContain("Resolved: 14:52 UTC (assumed) by @bob, after 16 minutes");
    expect(read).toContain(
      "[Write post-mortem] [Add details] [Action items] [Export] [Reopen] [More] [⋯ Change title | Close]",
    );
    expect(read).not.toContain("Next update");
  });
});

describe("the announcement", () => {
  it("is the five lines, with the impact being assessed and the next update named", () => {
    expect(shown(renderSlot("announcement", model(given([declare(), opened]).state)))).toBe(
      [
        "INC-1 checkout 500s",
        "Severity: SEV2",
        "Status: INVESTIGATING",
        "Impact: being assessed",
        "Started: 14:36 UTC (assumed)",
        "Current action: not recorded",
        "Next update: 14:51 UTC",
        "Channel: #inc-1-checkout-500s",
      ].join("\n"),
    );
  });

  it("follows the incident to its end", () => {
    const { state } = given([
      declare(),
      opened,
      update({ status: "MONITORING", impact: text("15% of checkouts") }),
      { type: "Resolve", at: after(16), actor: bob, incident: 1, fix: text("rolled back") },
    ]);
    const read = shown(renderSlot("announcement", model(state)));
    expect(read).toContain("Status: RESOLVED\nImpact: 15% of checkouts");
    expect(read).toContain("Current action: rolled back");
    expect(read).not.toContain("Next update");
    expect(read).toContain("Resolved after 16 minutes.");
  });
});

describe("an update", () => {
  it("is the template's lines and who wrote them, the same in both places", () => {
    const { state } = given([
      declare(),
      opened,
      update({ currentAction: text("rolling back <@U1>’s deploy") }),
    ]);
    const read = shown(renderSlot("update:2:channel", model(state)));
    expect(read).toBe(
      [
        "Update 2 · INC-1 checkout 500s",
        "Status: INVESTIGATING",
        "Impact: not recorded",
        "Started: 14:36 UTC (assumed)",
        "Current action: rolling back @alice’s deploy",
        "Next update: 15:11 UTC",
        "by @bob",
      ].join("\n"),
    );
    expect(shown(renderSlot("update:2:thread", model(state)))).toBe(read);
  });

  it("says so when Sitrep posted it for want of news", () => {
    const { state } = given([
      declare(),
      opened,
      remind(after(15)),
      { type: "PostOverdueUpdate", at: after(20), actor: alice, incident: 1, due: after(15), keyEntries: [] },
    ]);
    const read = shown(renderSlot("update:2:channel", model(state)));
    expect(read).toContain("automatic: nothing new reported since 14:36 UTC");
    expect(read).not.toContain("by @");
  });

  it("that is final promises no next one and names the data loss, also when that is told later", () => {
    const end: Command = {
      type: "Resolve",
      at: after(16),
      actor: bob,
      incident: 1,
      fix: text("rolled back"),
    };
    const resolved = shown(renderSlot("update:2:channel", model(given([declare(), opened, end]).state)));
    expect(resolved).toContain("Update 2 (final) · INC-1");
    expect(resolved).toContain("Data loss: not established");
    expect(resolved).not.toContain("Next update");
    const told = given([declare(), opened, end, { ...end, at: after(20), dataLoss: "no" }]).state;
    expect(shown(renderSlot("update:2:channel", model(told)))).toContain("Data loss: no");
  });

  it("of a status or severity is one line that names the next", () => {
    const { state } = given([
      declare(),
      opened,
      { type: "SetStatus", at: after(2), actor: bob, incident: 1, status: "IDENTIFIED" },
      {
        type: "SetSeverity",
        at: after(3),
        actor: bob,
        incident: 1,
        severity: "SEV4",
        reason: text("only\n<@U1>"),
      },
    ]);
    expect(shown(renderSlot("update:2:channel", model(state)))).toBe(
      "Update 2 · INC-1 checkout 500s · Status: IDENTIFIED, was INVESTIGATING · Next update: 15:08 UTC · by @bob",
    );
    expect(shown(renderSlot("update:3:thread", model(state)))).toBe(
      "Update 3 · INC-1 checkout 500s · Severity: SEV4, was SEV2 (only @alice) · Next update: none promised · by @bob",
    );
  });

  it("of one line names the next whatever length its reason has", () => {
    const { state } = given([
      declare(),
      opened,
      {
        type: "SetSeverity",
        at: after(3),
        actor: bob,
        incident: 1,
        severity: "SEV3",
        reason: text("why ".repeat(2000)),
      },
    ]);
    expect(shown(renderSlot("update:2:channel", model(state)))).toMatch(
      /… \(shortened\) · Next update: 15:39 UTC · by @bob$/,
    );
  });

  it("that was never posted is not wanted", () => {
    expect(renderSlot("update:9:channel", model(given([declare(), opened]).state))).toBeNull();
  });
});

describe("a reminder", () => {
  const due = after(15);
  const slot = `reminder:${due}`;

  it("mentions one person and carries the draft with its sources and buttons", () => {
    const { state } = given([
      declare(),
      opened,
      {
        ...remind(due),
        keyEntries: [
          { at: after(8), text: text("rollback started"), from: "message", ts: "1708008300.000100" },
        ],
      } as Command,
    ]);
    const message = renderSlot(slot, model(state, due));
    expect(shown(message)).toBe(
      [
        "@alice Next update is due (14:51 UTC)",
        "Draft:",
        "Status: INVESTIGATING",
        "Impact: not recorded",
        "Started: 14:36 UTC (assumed)",
        "Current action: rollback started",
        "Next update: 15:21 UTC",
        "Current action from message of 14:44 UTC",
        "[Post as is] [Edit] [Snooze 10 min]",
      ].join("\n"),
    );
    expect(JSON.stringify(message)).toContain("https://acme.slack.com/archives/C1/p1708008300000100");
    expect(JSON.stringify(message).match(/"type":"user"/g)).toHaveLength(1);
  });

  it("says how late it comes", () => {
    const { state } = given([declare(), opened, remind(due, after(40))]);
    expect(shown(renderSlot(slot, model(state, after(40))))).toContain(
      "Next update is due (14:51 UTC, 25 min late)",
    );
  });

  it("that was snoozed shows until when, and no buttons", () => {
    const { state } = given([
      declare(),
      opened,
      remind(due),
      { type: "SnoozeUpdate", at: after(16), actor: bob, incident: 1, due, minutes: 10 },
    ]);
    expect(renderSlot(slot, model(state))).toBeNull();
    expect(shown(renderSlot(slot, model(standing(state, slot))))).toBe(
      "Update snoozed by @bob: next update 15:02 UTC",
    );
  });

  it("is not wanted once an update or the end has answered it, or another is live", () => {
    const live = [declare(), opened, remind(due)];
    expect(renderSlot(slot, model(given([...live, update({ at: after(16) })]).state))).toBeNull();
    const end: Command = { type: "Resolve", at: after(16), actor: bob, incident: 1 };
    expect(renderSlot(slot, model(given([...live, end]).state))).toBeNull();
    expect(renderSlot(`reminder:${after(99)}`, model(given(live).state))).toBeNull();
  });

  it("says that automatic updates are paused", () => {
    let history = [declare(), opened];
    for (const _ of [1, 2, 3]) {
      const { nextDue } = given(history).state;
      const overdue: Command = {
        type: "PostOverdueUpdate",
        at: nextDue! + 300_000,
        actor: alice,
        incident: 1,
        due: nextDue!,
        keyEntries: [],
      };
      history = [...history, remind(nextDue!), overdue];
    }
    const { state } = given(history);
    expect(shown(renderSlot(`reminder:${state.reminder!.due}`, model(state, state.reminder!.due)))).toContain(
      "Updates paused: nobody has answered since 14:36 UTC",
    );
  });
});

describe("other messages", () => {
  const logged: Command = {
    type: "LogEntry",
    at: after(4),
    actor: bob,
    incident: 1,
    entry: "e:1",
    happenedAt: after(-6),
    text: text("deployed v2.3.2"),
  };

  it("an entry stands at its time with who logged it, and loses its text when it is taken back", () => {
    expect(shown(renderSlot("entry:e:1", model(given([declare(), opened, logged]).state)))).toBe(
      "14:30 UTC - deployed v2.3.2\nlogged by @bob",
    );
    const undone = given([
      declare(),
      opened,
      logged,
      { type: "UndoEntry", at: after(5), actor: bob, incident: 1, entry: "e:1" },
    ]);
    expect(renderSlot("entry:e:1", model(undone.state))).toBeNull();
    expect(shown(renderSlot("entry:e:1", model(standing(undone.state, "entry:e:1"))))).toBe(
      "@bob’s entry for 14:30 UTC was taken off the timeline.",
    );
  });

  it("the post-mortem's message names its owner and what is to be written", () => {
    const write: Command = {
      type: "WriteSections",
      at: after(30),
      actor: bob,
      incident: 1,
      sections: { wentWell: text("alerts"), rootCause: text("retries") },
    };
    const end: Command = { type: "Resolve", at: after(20), actor: bob, incident: 1 };
    const { state } = given([declare(), opened, end, write]);
    expect(shown(renderSlot("postmortem", model(state)))).toContain(
      "Owner: @alice. To be written: What To Improve and Where We Got Lucky.",
    );
    expect(shown(renderSlot(`sections:${state.version}`, model(state)))).toBe(
      [
        "@bob wrote Root Cause and What Went Well of INC-1’s post-mortem.",
        "Root Cause",
        "retries",
        "What Went Well",
        "alerts",
        "[Write post-mortem] [Replace from file] [Export]",
      ].join("\n"),
    );
    expect(renderSlot("sections:3", model(state))).toBeNull();
  });

  it("what was written stands with what can be read as blame, by the names of the incident's people", () => {
    const blaming: Command = {
      type: "WriteSections",
      at: after(30),
      actor: bob,
      incident: 1,
      sections: { rootCause: text("Bob deployed buggy code. The retries had no limit.") },
    };
    const { state } = given([declare(), opened, blaming]);
    expect(shown(renderSlot(`sections:${state.version}`, model(state)))).toBe(
      [
        "@bob wrote Root Cause of INC-1’s post-mortem.",
        "Root Cause",
        "Bob deployed buggy code. The retries had no limit.",
        "This can be read as blame. Say what the system let happen:",
        "• “Bob deployed buggy code” (a person as the cause): Say what made it possible: “The deployment process did not catch …”, “The tool accepted … without a warning”.",
        "[Write post-mortem] [Replace from file] [Export]",
      ].join("\n"),
    );
  });

  it("another title is told with the one before", () => {
    const { state } = given([
      declare(),
      opened,
      { type: "SetTitle", at: after(1), actor: bob, incident: 1, title: text("card payments fail") },
    ]);
    expect(shown(renderSlot(`title:${state.version}`, model(state)))).toBe(
      "INC-1 is now called “card payments fail”, was “checkout 500s” · by @bob",
    );
    expect(renderSlot("title:99", model(state))).toBeNull();
  });

  it("what Slack refused is said in words", () => {
    const { state } = given([
      declare(),
      opened,
      {
        type: "NoteEffectRefused",
        at: after(1),
        actor: alice,
        incident: 1,
        key: "1:pin:card",
        error: "no",
        sentence: "The card could not be pinned.",
      },
    ]);
    expect(shown(renderSlot(`trouble:${state.version}`, model(state)))).toBe(
      "Slack refused: The card could not be pinned.\n[Try again]",
    );
  });

  it("a slot that nobody names is a bug", () => {
    expect(() => renderSlot("topic", model(given([declare()]).state))).toThrow("topic");
  });
});

describe("every message", () => {
  const accepted = (message: Message) => {
    expect(validateMessage(message)).toEqual([]);
    expect(message.text.length).toBeLessThanOrEqual(4000);
    expect(totalBlockText(message.blocks)).toBeLessThan(maxTotalBlockText);
  };

  /** What Slack would parse in it: mrkdwn texts and the notification. */
  const parsed = (message: Message): string[] => [
    message.text,
    ...JSON.stringify(message.blocks)
      .split(/"type":"mrkdwn","text":"/)
      .slice(1)
      .map((part) => part.split(/(?<!\\)"/)[0] ?? ""),
  ];

  it("is accepted by Slack and neither mentions nor links, whatever people write", () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.integer({ min: 0, max: 4000 }), (one, other, repeat) => {
        const long = words("w", one + other.repeat(Math.min(20, repeat)));
        const state = given([
          declare({ title: words("t", `x${one}`) }),
          opened,
          update({ impact: long, currentAction: words("a", other) }),
          {
            type: "LogEntry",
            at: after(6),
            actor: bob,
            incident: 1,
            entry: "e",
            happenedAt: after(1),
            text: words("l", `x${other}`),
          },
          { type: "SetTitle", at: after(7), actor: bob, incident: 1, title: words("t2", `y${other}`) },
          {
            type: "SetSeverity",
            at: after(8),
            actor: bob,
            incident: 1,
            severity: "SEV3",
            reason: words("s", `x${one}`),
          },
          remind(after(68)),
        ]).state;
        const hostile = new Map([
          ["U1", "<!channel>"],
          ["U2", one],
        ]);
        for (const slot of [
          "card",
          "announcement",
          "update:2:channel",
          "update:3:channel",
          `title:${state.renames[0]?.version}`,
          `reminder:${after(68)}`,
          "entry:e",
          "postmortem",
        ]) {
          const message = renderSlot(slot, { ...model(standing(state, slot)), names: hostile });
          if (!message) throw new Error(`${slot} is not wanted`);
          accepted(message);
          for (const text of parsed(message)) expect(text.replace(/^<@U2> /, "")).not.toMatch(/<[^>]*>/);
          expect(JSON.stringify(message)).not.toContain('"type":"broadcast"');
        }
        const panel = statusView({ ...model(state), names: hostile }, "/incident");
        accepted(panel);
        accepted(
          listView(
            Array.from({ length: 50 }, () => state),
            "open",
            { now: after(40), names: hostile, command: "/incident" },
          ),
        );
        accepted(reply(other));
      }),
      { numRuns: 60 },
    );
  });

  it("of a template with more lines than a message holds is shortened and says so", () => {
    const { state } = given([declare(), opened, update({ impact: words("w", "long ".repeat(500)) })], {
      ...rules,
      updates: { ...rules.updates, template: "Impact: {impact}\n".repeat(40) },
    });
    const message = renderSlot("update:2:channel", model(state));
    accepted(message!);
    expect(shown(message)).toContain("… (shortened)");
  });

  it("of help and menus is accepted, and names the command as it was typed", () => {
    for (const command of commandWords) {
      for (const topic of [null, ...verbs]) {
        const message = helpView(command, topic, rules);
        accepted(message);
        expect(shown(message)).toContain(topic ? `${command} ${topic}` : `Write \`${command}\` before each`);
      }
      accepted(menuView(command));
    }
  });
});

import { describe, expect, it } from "vitest";
import { onPress } from "../../src/slack/actions/press.ts";
import { menuId, menuValue, type Press, pressId } from "../../src/slack/ids.ts";
import type { SlackRoom } from "../../src/slack/room.ts";
import { validateMessage } from "../../src/workspace/block-kit/message.ts";
import { after } from "../domain/given.ts";
import { anIncident, aRoom, before } from "./a-room.ts";

const due = after(15);
let stamps = 0;

/** What the presser is told; undefined when the channel shows it. */
async function press(
  room: SlackRoom,
  button: Press | { action_id: string; value?: string },
  more: { ephemeral?: boolean; action_ts?: string } = {},
): Promise<Record<string, unknown> | undefined> {
  const told: unknown[] = [];
  const order: string[] = [];
  await onPress(
    room,
    {
      user: "U2",
      channel: "C1",
      triggerId: "T1",
      responseUrl: "https://hooks.example/1",
      ephemeral: more.ephemeral ?? false,
      action: {
        ...("do" in button ? pressId(button) : button),
        action_ts: more.action_ts ?? `${++stamps}.0`,
      },
    },
    {
      ack: async () => void order.push("ack"),
      respond: async (answer) => {
        order.push("told");
        told.push(answer);
        return new Response();
      },
    },
  );
  expect(order).toEqual(told.length === 0 ? ["ack"] : ["ack", "told"]);
  const [answer] = told;
  if (answer === undefined) return undefined;
  const { text, blocks } = answer as { text: string; blocks: unknown };
  expect(validateMessage({ text, blocks })).toEqual([]);
  return answer as Record<string, unknown>;
}

const state = async (room: SlackRoom) => {
  const incident = await room.handling.store.incident(1);
  if (!incident) throw new Error("there is no INC-1");
  return incident;
};

async function reminded(room: SlackRoom, at: (ms: number) => void) {
  await anIncident(room);
  at(due);
  await before(room, {
    type: "RemindUpdate",
    at: due,
    actor: { kind: "bot" },
    incident: 1,
    due,
    keyEntries: [],
  });
}

describe("the reminder's buttons", () => {
  it("Post as is posts the draft; the channel shows it", async () => {
    await using slack = await aRoom();
    await reminded(slack.room, slack.at);
    expect(await press(slack.room, { do: "PostDraft", incident: 1, due })).toBeUndefined();
    expect((await state(slack.room)).updates).toHaveLength(2);
  });

  it("pressed twice, and by two people, post once, and the second is told", async () => {
    await using slack = await aRoom();
    await reminded(slack.room, slack.at);
    await press(slack.room, { do: "PostDraft", incident: 1, due });
    const told = await press(slack.room, { do: "PostDraft", incident: 1, due });
    expect(told?.["text"]).toContain("update 2 was posted");
    expect(told?.["replace_original"]).toBe(false);
    expect((await state(slack.room)).updates).toHaveLength(2);
  });

  it("Snooze puts it off by ten minutes", async () => {
    await using slack = await aRoom();
    await reminded(slack.room, slack.at);
    expect(await press(slack.room, { do: "Snooze", incident: 1, due })).toBeUndefined();
    expect((await state(slack.room)).nextDue).toBe(after(25));
  });

  it("Edit opens the form, and on a reminder that is done with says so", async () => {
    await using slack = await aRoom();
    await reminded(slack.room, slack.at);
    await press(slack.room, { do: "EditDraft", incident: 1, due });
    expect(slack.calls.map((call) => call.method)).toEqual(["views.open"]);
    const told = await press(slack.room, { do: "EditDraft", incident: 1, due: due - 1 });
    expect(told?.["text"]).toContain("done with");
    expect(slack.calls).toHaveLength(1);
  });
});

describe("buttons of answers", () => {
  it("Undo takes the entry off, and the answer with the button is replaced", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await before(slack.room, {
      type: "LogEntry",
      at: after(1),
      actor: { kind: "slack", user: "U2" },
      incident: 1,
      entry: "e1",
      happenedAt: after(1),
      text: { words: "w", body: "x" },
    });
    const told = await press(slack.room, { do: "UndoEntry", incident: 1, entry: "e1" }, { ephemeral: true });
    expect(told).toMatchObject({ replace_original: true, text: "Taken off the timeline of INC-1." });
  });

  it("Declare “…” declares once, however often it is pressed", async () => {
    await using slack = await aRoom();
    const offer: Press = { do: "Run", command: "/incident", line: "declare checkout is failing", once: "o1" };
    const first = await press(slack.room, offer, { ephemeral: true });
    expect(first?.["text"]).toContain("*INC-1* is being opened");
    await press(slack.room, offer, { ephemeral: true });
    expect(await slack.room.handling.store.incidents()).toHaveLength(1);
  });

  it("status, list and help answer the presser", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(JSON.stringify(await press(slack.room, { do: "ShowStatus", incident: 1 }))).toContain(
      "INVESTIGATING",
    );
    expect(JSON.stringify(await press(slack.room, { do: "ShowList", command: "/sitrep" }))).toContain(
      "INC-1",
    );
    const help = await press(slack.room, { do: "ShowHelp", command: "/sitrep", topic: "log" });
    expect(JSON.stringify(help)).toContain("/sitrep log");
  });
});

describe("the menu of a card", () => {
  it.each(["OpenSeverity", "OpenTitle"] as const)("%s opens its form", async (entry) => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const picked = { ...menuId(4), value: menuValue({ do: entry, incident: 1 }) };
    expect(await press(slack.room, picked)).toBeUndefined();
    expect(slack.calls.map((call) => call.method)).toEqual(["views.open"]);
  });

  it("says what stays when the incident is resolved", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await before(slack.room, { type: "Resolve", at: after(1), actor: { kind: "bot" }, incident: 1 });
    expect((await press(slack.room, { do: "OpenSeverity", incident: 1 }))?.["text"]).toContain(
      "RESOLVED: it stays SEV2",
    );
  });
});

describe("buttons that cannot do anything any more", () => {
  it("say that they are from another version", async () => {
    await using slack = await aRoom();
    const told = await press(slack.room, { action_id: "sitrep.v0.Escalate.0", value: "{}" });
    expect(told?.["text"]).toContain("another version");
  });

  it("name an incident that does not exist", async () => {
    await using slack = await aRoom();
    expect((await press(slack.room, { do: "OpenUpdate", incident: 9 }))?.["text"]).toContain(
      "There is no INC-9",
    );
  });

  it("Update on a resolved incident opens no form", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await before(slack.room, { type: "Resolve", at: after(1), actor: { kind: "bot" }, incident: 1 });
    expect((await press(slack.room, { do: "OpenUpdate", incident: 1 }))?.["text"]).toContain("reopen it");
    expect(slack.calls).toEqual([]);
  });
});

describe("Export", () => {
  it("gives the file in the incident's channel when asked there, else to the asker", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const told = await press(slack.room, { do: "Export", incident: 1 });
    expect(told?.["text"]).toContain("in this channel");
    const incident = await slack.room.handling.store.incident(1);
    expect(Object.values(incident?.copies ?? {})).toEqual([{ to: null, file: null, shared: false }]);
  });
});

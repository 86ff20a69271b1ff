import { describe, expect, it } from "vitest";
import { onCommand, type SlashLine } from "../../src/slack/commands/command.ts";
import type { SlackRoom } from "../../src/slack/room.ts";
import { validateMessage } from "../../src/workspace/block-kit/message.ts";
import { validateView } from "../../src/workspace/block-kit/view.ts";
import { after, declare } from "../domain/given.ts";
import { anIncident, aRoom, before } from "./a-room.ts";

let triggers = 0;

/** What the asker is shown; null when the ack was empty. */
async function type(room: SlackRoom, typed: string, more: Partial<SlashLine> = {}): Promise<string | null> {
  const [command = "", ...rest] = typed.split(" ");
  const answers: unknown[] = [];
  await onCommand(
    room,
    {
      command,
      text: rest.join(" "),
      user_id: "U1",
      channel_id: "C1",
      trigger_id: `T${++triggers}`,
      response_url: "https://hooks.example/1",
      ...more,
    },
    async (answer) => void answers.push(answer),
  );
  expect(answers).toHaveLength(1);
  const [answer] = answers;
  if (answer === undefined) return null;
  expect(answer).toMatchObject({ response_type: "ephemeral" });
  const { text, blocks } = answer as { text: string; blocks: unknown };
  expect(validateMessage({ text, blocks })).toEqual([]);
  return JSON.stringify(answer);
}

const state = async (room: SlackRoom, number = 1) => {
  const incident = await room.handling.store.incident(number);
  if (!incident) throw new Error(`there is no INC-${number}`);
  return incident;
};

describe("declare", () => {
  it("declares at once, and a repeat of the same command answers the same and declares nothing", async () => {
    await using slack = await aRoom();
    const line = { trigger_id: "same" };
    const first = await type(slack.room, "/incident declare sev2 checkout 500s", line);
    expect(first).toContain("*INC-1* is being opened");
    expect(await type(slack.room, "/incident declare sev2 checkout 500s", line)).toBe(first);
    expect(await slack.room.handling.store.incidents()).toHaveLength(1);
    expect(await state(slack.room)).toMatchObject({ severity: "SEV2", provisional: false });
  });

  it("without a title opens the form", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/incident declare")).toBeNull();
    expect(slack.calls.map((call) => call.method)).toEqual(["views.open"]);
    expect(validateView(JSON.parse(slack.calls[0]?.args["view"] ?? ""))).toEqual([]);
  });

  it("answers with a button when Slack does not open the form", async () => {
    await using slack = await aRoom(() => ({ ok: false, error: "expired_trigger_id" }));
    const answer = await type(slack.room, "/incident declare");
    expect(answer).toContain("did not open the form");
    expect(answer).toContain("OpenDeclare");
  });

  it("declares nothing for a flag that it does not know", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/incident declare —privat checkout")).toContain("“--privat” is no flag");
    expect(await slack.room.handling.store.incidents()).toEqual([]);
  });
});

describe("words that are no command", () => {
  it("name the nearest one, with the command as it was typed, and do nothing", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/sitrep statsu")).toContain("Did you mean `/sitrep status`?");
  });

  it("offer to declare an incident of that title", async () => {
    await using slack = await aRoom();
    const answer = await type(slack.room, "/incident checkout is failing");
    expect(answer).toContain("Declare “checkout is failing”");
    expect(await slack.room.handling.store.incidents()).toEqual([]);
  });

  it("that are hostile stay words", async () => {
    await using slack = await aRoom();
    const answer = await type(slack.room, "/incident &lt;!channel&gt; <@U2> is down");
    expect(JSON.parse(answer ?? "")).toMatchObject({
      text: expect.stringContaining("`&lt;!channel&gt; @U2 is down` is no command"),
    });
  });
});

describe("without words", () => {
  it("an incident's channel gets its control panel", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const answer = await type(slack.room, "/incident");
    expect(answer).toContain("INVESTIGATING");
    expect(answer).toContain("OpenUpdate");
  });

  it("another channel gets the menu", async () => {
    await using slack = await aRoom();
    const answer = await type(slack.room, "/incident", { channel_id: "C9" });
    expect(answer).toContain("Declare incident");
    expect(answer).toContain("Open incidents");
  });
});

describe("in a channel that is no incident's", () => {
  it("asks which incident is meant, with a button for each open one", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const answer = await type(slack.room, "/incident update rolled back", { channel_id: "C9" });
    expect(answer).toContain("which one do you mean?");
    expect(answer).toContain("INC-1 update rolled back");
    expect((await state(slack.room)).updates).toHaveLength(1);
  });

  it("offers to declare when none is open", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/incident resolve", { channel_id: "C9" })).toContain(
      "no incident is open",
    );
  });

  it("takes the incident from a reference given first", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await type(slack.room, "/incident INC-1 update rolled back", { channel_id: "C9" });
    expect((await state(slack.room)).currentAction?.body).toBe("rolled back");
  });

  it("says that there is no such incident", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/incident INC-9 status")).toContain("There is no INC-9");
  });
});

describe("on an incident", () => {
  it("update with words posts at once, and says when the next one is due", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident update rolling back")).toContain(
      "Update 2 of INC-1 is posted. The next one is due at 15:06 UTC.",
    );
  });

  it("update without words opens the form with the five lines", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await type(slack.room, "/incident update checking the deploy of <@U2>");
    expect(await type(slack.room, "/incident update")).toBeNull();
    const view = slack.calls[0]?.args["view"] ?? "";
    expect(validateView(JSON.parse(view))).toEqual([]);
    for (const shown of ['"14:36"', '"15:06"', "checking the deploy of @U2", "Assumed from the declaration"])
      expect(view).toContain(shown);
  });

  it("status shows it", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident status")).toContain("INC-1 checkout 500s");
    expect((await state(slack.room)).updates).toHaveLength(1);
  });

  it.each([
    ["identified", "IDENTIFIED", "15:06"],
    ["Mitigating", "MITIGATING", "15:06"],
    ["mitigated", "MONITORING", "15:36"],
  ])("status %s sets it and counts as an update, which names the next one", async (word, set, next) => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, `/incident status ${word}`)).toContain(
      `The next one is due at ${next} UTC`,
    );
    expect(await state(slack.room)).toMatchObject({ status: set, updates: [{}, { lines: { status: set } }] });
    slack.at(after(1));
    expect(await type(slack.room, `/incident status ${set}`)).toContain(`is ${set} already`);
    expect((await state(slack.room)).updates).toHaveLength(2);
  });

  it("status shows it, or sets it by a word", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident status")).toContain("INC-1 checkout 500s");
    expect(await type(slack.room, "/incident status identified")).toContain(
      "*INC-1* is IDENTIFIED: update 2 says so. The next one is due at 15:06 UTC.",
    );
    expect((await state(slack.room)).status).toBe("IDENTIFIED");
    expect(await type(slack.room, "/incident status identified")).toContain("is IDENTIFIED already");
    expect((await state(slack.room)).updates).toHaveLength(2);
  });

  it("status fixed opens the form to resolve, and resolves nothing by itself", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident status fixed")).toBeNull();
    expect(slack.calls[0]?.args["view"]).toContain("Resolve INC-1");
    expect((await state(slack.room)).status).toBe("INVESTIGATING");
  });

  it("status closed says what comes first; status cancelled asks why in a form", async () => {
    await using slack = await aRoom();
    const before = (await anIncident(slack.room)).version;
    const answer = await type(slack.room, "/sitrep status closed");
    expect(answer).toContain("resolve it first");
    expect(answer).toContain("OpenResolve");
    expect(await type(slack.room, "/sitrep status cancelled")).toBeNull();
    const view: unknown = JSON.parse(slack.calls.at(-1)?.args["view"] ?? "");
    expect(validateView(view)).toEqual([]);
    expect((await state(slack.room)).version).toBe(before);
    await type(slack.room, "/incident resolve done");
    const missing = await type(slack.room, "/sitrep status closed");
    expect(missing).toContain("neither published nor waived");
    for (const way of ["Publish", "OpenWaive", "OpenSections"]) expect(missing).toContain(way);
    expect(await type(slack.room, "/sitrep status cancelled a test ran")).toContain("is CANCELLED");
  });

  it("severity asks for a reason to lower one that was given, and says how", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const answer = await type(slack.room, "/sitrep severity sev3");
    expect(answer).toContain("asks for a reason");
    expect(answer).toContain("`/sitrep severity sev3 only one region`");
    expect(answer).toContain("Give the reason");
    expect((await state(slack.room)).severity).toBe("SEV2");
    expect(await type(slack.room, "/sitrep severity sev3 only one region")).toContain(
      "*INC-1* is SEV3: update 2 says so. The next one is due at 15:36 UTC.",
    );
  });

  it("severity and title without more open their forms", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    for (const line of ["/incident severity", "/incident rename"]) {
      expect(await type(slack.room, line)).toBeNull();
      expect(validateView(JSON.parse(slack.calls.at(-1)?.args["view"] ?? ""))).toEqual([]);
    }
    await type(slack.room, "/incident resolve done");
    expect(await type(slack.room, "/incident severity")).toContain("RESOLVED: it stays SEV2");
  });

  it("title gives it another one", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident title card payments fail")).toContain("has its new title");
    expect((await state(slack.room)).title.body).toBe("card payments fail");
    expect(await type(slack.room, "/incident title card payments fail")).toContain("already");
  });

  it("log takes a past time, echoes it, and offers to undo", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const answer = await type(slack.room, "/incident log 14:30 UTC deployed v2.3.2");
    expect(answer).toContain("14:30 UTC (6 min ago)");
    expect(answer).toContain("UndoEntry");
    expect((await state(slack.room)).entries).toMatchObject([
      { at: after(-6), text: { body: "deployed v2.3.2" } },
    ]);
    expect(await type(slack.room, "/incident log 10m ago alerts fired")).toContain("(10 min ago)");
  });

  it("log without words asks in a form, and with a time that there is not logs nothing", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident log")).toBeNull();
    expect(slack.calls.map((call) => call.method)).toEqual(["views.open"]);
    expect(await type(slack.room, "/incident log 25:00 x")).toContain("Nothing was logged");
    expect((await state(slack.room)).entries).toEqual([]);
  });

  it("resolve with words resolves, and offers to add details", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    slack.at(after(16));
    const answer = await type(slack.room, "/incident fixed rolled back to v2.3.1");
    expect(answer).toContain("*INC-1* is resolved");
    expect(answer).toContain("Add details");
    expect(await type(slack.room, "/incident update x")).toContain("was resolved at 14:52 UTC");
  });

  it("snooze without a live reminder changes nothing and says so", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident snooze")).toContain(
      "nothing to snooze. The next update is due at 14:51 UTC.",
    );
  });

  it("snooze puts the live reminder off", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    slack.at(after(15));
    await before(slack.room, {
      type: "RemindUpdate",
      at: after(15),
      actor: { kind: "bot" },
      incident: 1,
      due: after(15),
      keyEntries: [],
    });
    expect(await type(slack.room, "/incident snooze 15m")).toContain("is due at 15:06 UTC");
  });

  it("postmortem opens the form for the written sections", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await type(slack.room, "/incident retro")).toBeNull();
    expect(validateView(JSON.parse(slack.calls[0]?.args["view"] ?? ""))).toEqual([]);
  });
});

describe("list and help", () => {
  it("list shows the open ones, and says when there is none", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/incident list")).toContain("No incident is open");
    await anIncident(slack.room);
    await before(
      slack.room,
      declare({ title: { words: "t2", body: "lag &lt;!here&gt;" }, severity: "SEV1" }),
    );
    const answer = await type(slack.room, "/incident list");
    expect(answer).toContain("INC-1");
    expect(answer).toContain("lag <!here>");
    expect(await type(slack.room, "/incident list sev1")).not.toContain("checkout 500s");
  });

  it("help explains a command under any of its names", async () => {
    await using slack = await aRoom();
    expect(await type(slack.room, "/sitrep help fixed")).toContain("/sitrep resolve [text]");
  });
});

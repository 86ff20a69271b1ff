import type { KnownBlock, ModalView } from "@slack/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import { words } from "../../src/domain/words.ts";
import { declareForm } from "../../src/slack/modals/declare.ts";
import type { FormState } from "../../src/slack/modals/inputs.ts";
import { resolveForm } from "../../src/slack/modals/resolve.ts";
import { sectionsForm } from "../../src/slack/sections/form.ts";
import { onSubmit } from "../../src/slack/modals/submit.ts";
import { severityForm } from "../../src/slack/modals/severity.ts";
import { titleForm } from "../../src/slack/modals/title.ts";
import { updateForm } from "../../src/slack/modals/update.ts";
import type { SlackRoom } from "../../src/slack/room.ts";
import { validateView } from "../../src/workspace/block-kit/view.ts";
import { after, bob, declare, declaredAt, given, opened, rules } from "../domain/given.ts";
import { anIncident, aRoom, before } from "./a-room.ts";
import { hostileText } from "./hostile.ts";

const names = new Map([["U2", "bob"]]);
const teamUrl = "https://acme.slack.com/";
let views = 0;

/** Fills a form in and submits it: `undefined` when it closed, else the errors by input. */
async function submit(
  room: SlackRoom,
  view: ModalView,
  typed: Record<string, string>,
  id = `V${++views}`,
): Promise<unknown> {
  expect(validateView(view)).toEqual([]);
  const values: FormState = {};
  for (const block of view.blocks as KnownBlock[]) {
    if (block.type !== "input" || !block.block_id) continue;
    const { element, block_id: field } = block;
    if (element.type === "plain_text_input")
      values[field] = { value: { type: element.type, value: typed[field] ?? element.initial_value ?? null } };
    if (element.type === "static_select") {
      const value = typed[field] ?? element.initial_option?.value;
      const text = { type: "plain_text", text: "x" } as const;
      values[field] = {
        value: { type: element.type, selected_option: value === undefined ? null : { text, value } },
      };
    }
  }
  const { callback_id: callback = "", private_metadata: metadata = "" } = view;
  const answers: unknown[] = [];
  await onSubmit(
    room,
    {
      user: { id: "U2" },
      view: { id, callback_id: callback, private_metadata: metadata, state: { values } },
    },
    async (answer) => void answers.push(answer),
  );
  expect(answers).toHaveLength(1);
  const [answer] = answers as [{ errors?: Record<string, string> } | undefined];
  expect(Object.keys(values)).toEqual(expect.arrayContaining(Object.keys(answer?.errors ?? {})));
  return answer?.errors;
}

async function formOf(
  room: SlackRoom,
  make: (model: Parameters<typeof updateForm>[0]) => ModalView,
  now = declaredAt,
): Promise<ModalView> {
  const incident = await room.handling.store.incident(1);
  if (!incident) throw new Error("there is no INC-1");
  return make({ incident, rules, now, names, teamUrl });
}

const state = async (room: SlackRoom) => {
  const incident = await room.handling.store.incident(1);
  if (!incident) throw new Error("there is no INC-1");
  return incident;
};

describe("the form to declare", () => {
  it("declares what was typed, as data, and once", async () => {
    await using slack = await aRoom();
    const typed = { title: "<!channel> down", severity: "SEV1" };
    expect(await submit(slack.room, declareForm(rules), typed, "V-same")).toBeUndefined();
    expect(await submit(slack.room, declareForm(rules), typed, "V-same")).toBeUndefined();
    expect(await slack.room.handling.store.incidents()).toHaveLength(1);
    expect(await state(slack.room)).toMatchObject({
      title: { body: "&lt;!channel&gt; down" },
      severity: "SEV1",
      provisional: false,
    });
  });

  it("leaves the severity provisional when it is not assessed", async () => {
    await using slack = await aRoom();
    await submit(slack.room, declareForm(rules), { title: "down" });
    expect(await state(slack.room)).toMatchObject({ severity: "SEV2", provisional: true });
  });

  it("puts a refusal under the title", async () => {
    await using slack = await aRoom();
    expect(await submit(slack.room, declareForm(rules), { title: "  " })).toHaveProperty("title");
  });
});

describe("the form to update", () => {
  it("posts the five lines", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    slack.at(after(5));
    const view = await formOf(slack.room, updateForm);
    const typed = {
      status: "IDENTIFIED",
      impact: "15% & rising",
      started: "14:30",
      currentAction: "rolling back",
      nextUpdate: "15:00",
    };
    expect(await submit(slack.room, view, typed)).toBeUndefined();
    expect(await state(slack.room)).toMatchObject({
      status: "IDENTIFIED",
      impact: { body: "15% &amp; rising" },
      started: { at: after(-6), assumed: false },
      currentAction: { body: "rolling back" },
      nextDue: after(24),
    });
  });

  it("takes times that were left standing for no statement, whatever time has passed", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const view = await formOf(slack.room, updateForm);
    slack.at(after(60));
    await submit(slack.room, view, { currentAction: "x" });
    expect(await state(slack.room)).toMatchObject({
      started: { at: declaredAt, assumed: true },
      nextDue: after(90),
    });
  });

  it("keeps the mentions of words that were left standing", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const said: Command = {
      type: "PublishUpdate",
      at: after(1),
      actor: bob,
      incident: 1,
      impact: words("w", "ask <https://a.example|a>"),
      currentAction: words("v", "a &lt; b"),
    };
    await before(slack.room, said);
    await submit(slack.room, await formOf(slack.room, updateForm), { impact: "none & nobody" });
    expect(await state(slack.room)).toMatchObject({
      impact: { body: "none &amp; nobody" },
      currentAction: { body: "a &lt; b" },
    });
    await submit(slack.room, await formOf(slack.room, updateForm), {});
    expect((await state(slack.room)).currentAction?.words).toBe("v");
  });

  it("says under each time what is wrong with it, and posts nothing", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const view = await formOf(slack.room, updateForm);
    expect(await submit(slack.room, view, { started: "soon", nextUpdate: "25:00" })).toEqual({
      started: expect.stringContaining("soon"),
      nextUpdate: expect.stringContaining("25:00"),
    });
    expect(await submit(slack.room, view, { nextUpdate: "2024-02-15 14:00" })).toHaveProperty("nextUpdate");
    expect((await state(slack.room)).updates).toHaveLength(1);
  });

  it("keeps what was typed when the incident was resolved meanwhile", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const view = await formOf(slack.room, updateForm);
    await before(slack.room, { type: "Resolve", at: after(1), actor: bob, incident: 1 });
    expect(await submit(slack.room, view, { currentAction: "x" })).toEqual({
      currentAction: expect.stringContaining("was resolved"),
    });
  });
});

describe("the form to resolve", () => {
  it("resolves with what was typed", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    slack.at(after(20));
    const view = await formOf(slack.room, resolveForm, after(19));
    const typed = { fix: "rolled back", recoveredAt: "14:52", rootCause: "retries", dataLoss: "no" };
    expect(await submit(slack.room, view, typed)).toBeUndefined();
    expect(await state(slack.room)).toMatchObject({
      resolved: {
        recovered: { at: after(16), assumed: false },
        fix: { body: "rolled back" },
        dataLoss: "no",
      },
      sections: { rootCause: { text: { body: "retries" } } },
    });
  });

  it("takes the proposed time for an answer, to the instant", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    slack.at(after(0.5));
    const view = await formOf(slack.room, resolveForm, after(0.4));
    await submit(slack.room, view, {});
    expect((await state(slack.room)).resolved?.recovered).toEqual({ at: after(0.4), assumed: false });
  });

  it("adds details afterwards, and changes only what was changed", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    slack.at(after(20));
    await before(slack.room, {
      type: "Resolve",
      at: after(16),
      actor: bob,
      incident: 1,
      fix: words("w", "rolled back"),
    });
    const view = await formOf(slack.room, resolveForm, after(20));
    expect(await submit(slack.room, view, { dataLoss: "yes" })).toBeUndefined();
    expect((await state(slack.room)).resolved).toMatchObject({
      recovered: { at: after(16), assumed: true },
      fix: { words: "w" },
      dataLoss: "yes",
    });
    const again = await formOf(slack.room, resolveForm, after(20));
    expect(await submit(slack.room, again, {})).toEqual({ fix: expect.stringContaining("already") });
  });
});

describe("the form of the severity", () => {
  it("raises without a reason, and lowers only with one", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const view = await formOf(slack.room, severityForm);
    expect(await submit(slack.room, view, {})).toEqual({ severity: expect.stringContaining("already") });
    expect(await submit(slack.room, view, { severity: "SEV3" })).toEqual({
      reason: expect.stringContaining("reason"),
    });
    expect(await submit(slack.room, view, { severity: "SEV1" })).toBeUndefined();
    expect(await submit(slack.room, view, { severity: "SEV2", reason: "a < b" })).toBeUndefined();
    expect(await state(slack.room)).toMatchObject({
      severity: "SEV2",
      updates: [{}, { change: { to: "SEV1" } }, { change: { reason: { body: "a &lt; b" } } }],
    });
  });

  it("starts with what was asked for", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    const view = await formOf(slack.room, (model) => severityForm(model, "SEV4"));
    expect(await submit(slack.room, view, { reason: "one customer" })).toBeUndefined();
    expect((await state(slack.room)).severity).toBe("SEV4");
  });
});

describe("the form of the title", () => {
  it("changes it, and keeps what was typed when that is no other one", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    expect(await submit(slack.room, await formOf(slack.room, titleForm), {})).toEqual({
      title: expect.stringContaining("already"),
    });
    expect(await submit(slack.room, await formOf(slack.room, titleForm), { title: " " })).toHaveProperty(
      "title",
    );
    expect(
      await submit(slack.room, await formOf(slack.room, titleForm), { title: "pay & go" }),
    ).toBeUndefined();
    expect((await state(slack.room)).title.body).toBe("pay &amp; go");
  });
});

describe("the form of the post-mortem", () => {
  it("saves what was written and leaves the rest", async () => {
    await using slack = await aRoom();
    await anIncident(slack.room);
    await submit(slack.room, await formOf(slack.room, sectionsForm), { wentWell: "alerts <fired>" });
    const { sections } = await state(slack.room);
    expect(sections.wentWell?.text.body).toBe("alerts &lt;fired&gt;");
    expect(sections.rootCause).toBeUndefined();
  });
});

describe("every form", () => {
  it("is accepted by Slack whatever stands in the record", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const { state: incident } = given([
          declare(),
          opened,
          {
            type: "PublishUpdate",
            at: after(1),
            actor: bob,
            incident: 1,
            impact: words("i", one),
            currentAction: words("a", other),
          },
          {
            type: "WriteSections",
            at: after(2),
            actor: bob,
            incident: 1,
            sections: { rootCause: words("r", `x${one}`) },
          },
        ]);
        const hostile = { incident, rules, now: after(3000), names: new Map([["U1", one]]), teamUrl };
        for (const view of [
          declareForm(rules),
          updateForm(hostile),
          resolveForm(hostile),
          sectionsForm(hostile),
          severityForm(hostile),
          titleForm(hostile),
        ])
          expect(validateView(view)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("from another version keeps what was typed and says so", async () => {
    await using slack = await aRoom();
    const view = { ...declareForm(rules), callback_id: "sitrep.v0.declare" };
    expect(await submit(slack.room, view, { title: "x" })).toEqual({
      title: expect.stringContaining("another version"),
    });
  });
});

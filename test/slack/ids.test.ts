import { describe, expect, it, test } from "vitest";
import {
  fitsButton,
  type Form,
  formId,
  type Press,
  pressId,
  readForm,
  readPress,
} from "../../src/slack/ids.ts";
import { eventKeys } from "../../src/slack/keys.ts";

const presses: Press[] = [
  { do: "PostDraft", incident: 1, due: 5 },
  { do: "EditDraft", incident: 1, due: 5 },
  { do: "Snooze", incident: 1, due: 5 },
  { do: "UndoEntry", incident: 1, entry: "e" },
  { do: "OpenDeclare", command: "/sitrep" },
  { do: "OpenUpdate", incident: 1 },
  { do: "OpenResolve", incident: 1 },
  { do: "OpenSections", incident: 1 },
  { do: "Export", incident: 1 },
  { do: "ShowStatus", incident: 1 },
  { do: "ShowList", command: "/incident" },
  { do: "ShowHelp", command: "@Sitrep", topic: "log" },
  { do: "Run", command: "/incident", line: "declare “a.b”", once: "o" },
];

const forms: Form[] = [
  { form: "declare" },
  { form: "update", incident: 1, openedAt: 3, started: 1, nextUpdate: null },
  { form: "resolve", incident: 1, openedAt: 3, recoveredAt: 2 },
  { form: "sections", incident: 1 },
];

describe("ids", () => {
  test.each(presses)("of a button are read as they were made: $do", (press) => {
    const { action_id: id, value } = pressId(press, 3);
    expect(readPress(id, value)).toEqual(press);
  });

  test.each(forms)("of a form are read as they were made: $form", (form) => {
    const { callback_id: id, private_metadata: metadata } = formId(form);
    expect(readForm(id, metadata)).toEqual(form);
  });

  it("of another version, another app or another kind are not read", () => {
    const { value } = pressId({ do: "OpenUpdate", incident: 1 });
    expect(readPress("sitrep.v0.OpenUpdate.0", value)).toBeUndefined();
    expect(readPress("other.v1.OpenUpdate.0", value)).toBeUndefined();
    expect(readPress("sitrep.v1.OpenResolve.0", value)).toBeUndefined();
    expect(readPress("sitrep.v1.OpenUpdate.0", "{")).toBeUndefined();
    expect(readPress("sitrep.v1.OpenUpdate.0", undefined)).toBeUndefined();
    expect(readForm("sitrep.v1.update", "")).toBeUndefined();
  });

  it("tell buttons of one kind in one row apart", () => {
    const press: Press = { do: "Run", command: "/incident", line: "x", once: "o" };
    expect(pressId(press, 0).action_id).not.toBe(pressId(press, 1).action_id);
  });

  it("do not take a line that is longer than a button holds", () => {
    const press = (length: number): Press => ({
      do: "Run",
      command: "/incident",
      line: "x".repeat(length),
      once: "o",
    });
    expect(fitsButton(press(100))).toBe(true);
    expect(fitsButton(press(2000))).toBe(false);
  });
});

describe("keys of an event", () => {
  const event = {
    type: "reaction_added",
    event_ts: "2.1",
    channel: "C1",
    subject: "1.1",
    user: "U1",
    reaction: "pushpin",
  };

  it("share the content key when Slack sends it under another event id", () => {
    expect(eventKeys("Ev1", event)[1]).toBe(eventKeys("Ev2", event)[1]);
    expect(eventKeys("Ev1", event)[0]).not.toBe(eventKeys("Ev2", event)[0]);
  });

  it("differ for a mark taken back and given again", () => {
    expect(eventKeys("Ev1", event)[1]).not.toBe(eventKeys("Ev1", { ...event, event_ts: "2.2" })[1]);
  });
});

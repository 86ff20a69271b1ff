import type { ModalView } from "@slack/types";
import { timedStages } from "../../domain/corrections/commands.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { formatOffset } from "../../domain/time.ts";
import { detectors } from "../../domain/vocab.ts";
import { escapeText, unescapeText } from "../../domain/words.ts";
import { clockField, readClockField } from "../modals/clock-field.ts";
import type { Filled, Read } from "../modals/filled.ts";
import { choiceInput, fieldOf, modal, textInput } from "../modals/inputs.ts";
import { newWords } from "../room.ts";
import type { AddEntryForm, CorrectionsForm } from "./ids.ts";
import { type ReadEntry, readTimeline } from "./load.ts";

const notUsed = "no";
const stageLabels = {
  started: "Started: when the impact began",
  detected: "Detected",
  mitigated: "Mitigated",
  resolved: "Resolved: when users had recovered",
} as const;
const detectorLabels = { alert: "an alert", customer: "a customer", staff: "one of us" } as const;

/** Text, time, whether it shows, and what its time is used for. */
export function entryForm(
  { number }: Incident,
  { id, entry, text, hidden }: ReadEntry,
  { zone, now }: { zone: string; now: number },
): ModalView {
  return modal(
    { form: "entry", incident: number, entry: id, standsAt: entry.at, openedAt: now },
    {
      title: `Timeline of ${reference(number)}`,
      submit: "Save",
      blocks: [
        textInput({ field: "text", label: "What happened", initial: text, multiline: true, required: true }),
        textInput({
          field: "happenedAt",
          label: `When (${formatOffset(now, zone)})`,
          initial: clockField(entry.at, zone, now),
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
          required: true,
        }),
        choiceInput({
          field: "hidden",
          label: "On the timeline",
          initial: "shown",
          choices: [
            { value: "shown", label: hidden ? "Bring it back" : "Shown" },
            { value: "hidden", label: "Hidden, not lost" },
          ],
        }),
        choiceInput({
          field: "useAs",
          label: "Use its time as",
          initial: notUsed,
          choices: [
            { value: notUsed, label: "Nothing else" },
            ...timedStages.map((value) => ({ value, label: stageLabels[value] })),
          ],
        }),
        choiceInput({
          field: "detector",
          label: "If detected: by",
          initial: notUsed,
          choices: [
            { value: notUsed, label: "Not recorded" },
            ...detectors.map((value) => ({ value, label: detectorLabels[value] })),
          ],
        }),
      ],
    },
  );
}

type EntryForm = Extract<CorrectionsForm, { form: "entry" }>;

export async function readEntryForm(form: EntryForm, filled: Filled): Promise<Read> {
  const { room, by, state, incident } = filled;
  const happened = readClockField(
    fieldOf(state, "happenedAt"),
    { at: form.standsAt, openedAt: form.openedAt },
    { zone: room.handling.rules.timezone, now: by.at, direction: "past" },
  );
  if ("fault" in happened) return { faults: { happenedAt: happened.fault } };
  const now = incident && (await readTimeline(room, incident)).find(({ id }) => id === form.entry);
  if (!now) return { faults: { text: "This entry is no longer on the timeline." } };
  const typed = fieldOf(state, "text") ?? "";
  const useAs = timedStages.find((each) => each === fieldOf(state, "useAs"));
  const detector = detectors.find((each) => each === fieldOf(state, "detector"));
  return {
    command: {
      type: "CorrectEntry",
      ...by,
      incident: form.incident,
      entry: form.entry,
      standsAt: form.standsAt,
      hidden: fieldOf(state, "hidden") === "hidden",
      ...(isSame(typed, now.text) ? {} : { text: newWords(room, escapeText(typed)) }),
      ...(happened.at !== undefined && { happenedAt: happened.at }),
      ...(useAs && { useAs }),
      ...(detector && { detector }),
    },
  };
}

/** A field that was left as it was prefilled, shortened perhaps, is no statement. */
const isSame = (typed: string, shown: string): boolean =>
  typed === shown.trim() ||
  (typed.endsWith("… (shortened)") && shown.startsWith(typed.slice(0, -13).trimEnd()));

/** A message from elsewhere as an entry of one of the open incidents. */
export function addEntryForm(
  open: readonly { number: number; label: string }[],
  message: { text: string; saidAt: number; link: string },
  { zone, now }: { zone: string; now: number },
): ModalView {
  return modal(
    { form: "addEntry", openedAt: now, saidAt: message.saidAt, link: message.link },
    {
      title: "Add to timeline",
      submit: "Add",
      blocks: [
        choiceInput({
          field: "incident",
          label: "Incident",
          choices: open.map(({ number, label }) => ({ value: String(number), label })),
          ...(open[0] && { initial: String(open[0].number) }),
        }),
        textInput({
          field: "text",
          label: "What happened",
          initial: message.text,
          multiline: true,
          required: true,
        }),
        textInput({
          field: "happenedAt",
          label: `When (${formatOffset(now, zone)})`,
          initial: clockField(message.saidAt, zone, now),
          hint: "HH:MM, or YYYY-MM-DD HH:MM",
        }),
      ],
    },
  );
}

export function readAddEntryForm(
  form: AddEntryForm,
  { room, by, state }: Pick<Filled, "room" | "by" | "state">,
): Read {
  const happened = readClockField(
    fieldOf(state, "happenedAt"),
    { at: form.saidAt, openedAt: form.openedAt },
    { zone: room.handling.rules.timezone, now: by.at, direction: "past" },
  );
  if ("fault" in happened) return { faults: { happenedAt: happened.fault } };
  const typed = escapeText(fieldOf(state, "text") ?? "");
  return {
    command: {
      type: "LogEntry",
      ...by,
      incident: Number(fieldOf(state, "incident")),
      entry: room.newId(),
      happenedAt: happened.at ?? by.at,
      text: newWords(room, `${typed} (<${unescapeText(form.link)}|message>)`),
    },
  };
}

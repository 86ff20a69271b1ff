import { type Incident, reference } from "../../domain/incident.ts";
import { formatOffset } from "../../domain/time.ts";
import { readClockField } from "../modals/clock-field.ts";
import { type Filled, type Read, writtenIn } from "../modals/filled.ts";
import { fieldOf, modal, textInput } from "../modals/inputs.ts";
import { openForm } from "../modals/open.ts";
import { newWords, type SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";

/** An entry of the timeline, for whoever does not type it behind `log`; `time` was typed already. */
export async function openLog(
  room: SlackRoom,
  triggerId: string | null,
  { number: incident }: Incident,
  time: string | null = null,
): Promise<Message | null> {
  const zone = formatOffset(room.clock.now(), room.handling.rules.timezone);
  const view = modal(
    { form: "log", incident },
    {
      title: `Log for ${reference(incident)}`,
      submit: "Log",
      blocks: [
        textInput({ field: "text", label: "What happened", required: true, multiline: true }),
        textInput({
          field: "time",
          initial: time,
          label: `When (${zone})`,
          hint: "HH:MM, or YYYY-MM-DD HH:MM. Empty: now.",
        }),
      ],
    },
  );
  return openForm(room, triggerId, view, { label: "Log", press: { do: "OpenLog", incident } });
}

export function readLogForm(incident: number, filled: Filled): Read {
  const { room, by, state } = filled;
  const happened = readClockField(
    fieldOf(state, "time"),
    { at: null, openedAt: by.at },
    { zone: room.handling.rules.timezone, now: by.at, direction: "past" },
  );
  if ("fault" in happened) return { faults: { time: happened.fault } };
  return {
    command: {
      type: "LogEntry",
      ...by,
      incident,
      entry: room.newId(),
      happenedAt: happened.at ?? by.at,
      text: writtenIn(filled, "text") ?? newWords(room, ""),
    },
  };
}

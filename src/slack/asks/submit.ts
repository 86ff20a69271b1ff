import { somebody } from "../commands/mentioned.ts";
import { type Filled, type Read, writtenIn } from "../modals/filled.ts";
import { fieldOf } from "../modals/inputs.ts";
import { newWords } from "../room.ts";
import type { AsksForm } from "./ids.ts";
import { lengthOf } from "./length.ts";

/** What a form of this folder asks for. */
export async function readAsksForm(form: AsksForm, filled: Filled): Promise<Read> {
  const { room, by, state } = filled;
  const { incident } = form;
  switch (form.form) {
    case "ask": {
      const to = fieldOf(state, "to");
      if (to === null) return { faults: { to: "Pick a person." } };
      const whom = await somebody(room, to);
      if ("sentence" in whom) return { faults: { to: whom.sentence } };
      const written = fieldOf(state, "within");
      const within = written === null ? null : lengthOf(/^\d+$/.test(written) ? `${written}m` : written);
      if (written !== null && within === null)
        return { faults: { within: "Write minutes or hours, up to a day: 5m or 2h." } };
      const text = writtenIn(filled, "text") ?? newWords(room, "");
      return { command: { type: "AskPerson", ...by, incident, ask: room.newId(), to, text, within } };
    }
    case "askDone": {
      const result = writtenIn(filled, "result");
      return { command: { type: "FinishAsk", ...by, incident, ask: form.ask, ...(result && { result }) } };
    }
    default:
      return form satisfies never;
  }
}

import { somebody } from "../commands/mentioned.ts";
import { type Filled, type Read, writtenIn } from "../modals/filled.ts";
import { fieldOf } from "../modals/inputs.ts";
import { newWords } from "../room.ts";
import type { ActionItemsForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readActionItemsForm(form: ActionItemsForm, filled: Filled): Promise<Read> {
  const { room, by, state, incident } = filled;
  const owner = fieldOf(state, "owner");
  const whose = owner === null ? { people: [] } : await somebody(room, owner);
  if ("sentence" in whose) return { faults: { owner: whose.sentence } };
  const stated = {
    ...by,
    incident: form.incident,
    owner,
    due: fieldOf(state, "due"),
  };
  switch (form.form) {
    case "addItem": {
      const text = writtenIn(filled, "text") ?? newWords(room, "");
      return { command: { type: "AddActionItem", ...stated, item: room.newId(), text } };
    }
    case "editItem": {
      const { item } = form;
      const recorded = incident?.actionItems.find(({ id }) => id === item)?.text;
      const text = writtenIn(filled, "text", recorded) ?? newWords(room, "");
      return { command: { type: "EditActionItem", ...stated, item, text } };
    }
    default:
      return form satisfies never;
  }
}

import type { Filled, Read } from "../modals/filled.ts";
import type { ActionItemsForm } from "./ids.ts";

/** What a form of this folder actionItems for. */
export async function readActionItemsForm(form: ActionItemsForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

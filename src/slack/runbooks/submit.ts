import type { Filled, Read } from "../modals/filled.ts";
import type { RunbooksForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readRunbooksForm(form: RunbooksForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

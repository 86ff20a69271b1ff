import type { Filled, Read } from "../modals/filled.ts";
import type { AsksForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readAsksForm(form: AsksForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

import type { Filled, Read } from "../modals/filled.ts";
import type { CorrectionsForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readCorrectionsForm(form: CorrectionsForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

import type { Filled, Read } from "../modals/filled.ts";
import type { EndingForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readEndingForm(form: EndingForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

import type { Filled, Read } from "../modals/filled.ts";
import type { MitigationForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readMitigationForm(form: MitigationForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

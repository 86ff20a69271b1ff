import type { Filled, Read } from "../modals/filled.ts";
import type { EscalationForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readEscalationForm(form: EscalationForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

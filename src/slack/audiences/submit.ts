import type { Filled, Read } from "../modals/filled.ts";
import type { AudiencesForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readAudiencesForm(form: AudiencesForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

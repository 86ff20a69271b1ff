import type { Filled, Read } from "../modals/filled.ts";
import type { AssessmentForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readAssessmentForm(form: AssessmentForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

import type { Filled, Read } from "../modals/filled.ts";
import { readEntryForm } from "./form.ts";
import type { CorrectionsForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readCorrectionsForm(form: CorrectionsForm, filled: Filled): Promise<Read> {
  switch (form.form) {
    case "entry":
      return readEntryForm(form, filled);
    default:
      return form.form satisfies never;
  }
}

import type { Filled, Read } from "../modals/filled.ts";
import { readEntryForm } from "./form.ts";
import type { CorrectionsForm } from "./ids.ts";
import { readLogForm } from "./log-form.ts";

/** What a form of this folder asks for. */
export async function readCorrectionsForm(form: CorrectionsForm, filled: Filled): Promise<Read> {
  switch (form.form) {
    case "entry":
      return readEntryForm(form, filled);
    case "log":
      return readLogForm(form.incident, filled);
    default:
      return form satisfies never;
  }
}

import type { Filled, Read } from "../modals/filled.ts";
import { readPage } from "./form.ts";
import type { EscalationForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readEscalationForm(form: EscalationForm, filled: Filled): Promise<Read> {
  switch (form.form) {
    case "page":
      return readPage(form.incident, filled);
    default:
      return form.form satisfies never;
  }
}

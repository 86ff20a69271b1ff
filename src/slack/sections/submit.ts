import type { Filled, Read } from "../modals/filled.ts";
import { readSections } from "./form.ts";
import type { SectionsForm } from "./ids.ts";
import { readReplace } from "./replace-form.ts";

export async function readSectionsForm(form: SectionsForm, filled: Filled): Promise<Read> {
  switch (form.form) {
    case "sections":
      return readSections(form, filled);
    case "replaceSections":
      return readReplace(form, filled);
    default:
      return form satisfies never;
  }
}

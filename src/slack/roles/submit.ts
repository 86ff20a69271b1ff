import type { Filled, Read } from "../modals/filled.ts";
import type { RolesForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readRolesForm(form: RolesForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

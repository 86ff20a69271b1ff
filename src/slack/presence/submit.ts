import type { Filled, Read } from "../modals/filled.ts";
import type { PresenceForm } from "./ids.ts";

/** What a form of this folder asks for. */
export async function readPresenceForm(form: PresenceForm, _filled: Filled): Promise<Read> {
  return form satisfies never;
}

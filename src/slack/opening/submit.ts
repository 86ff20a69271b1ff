import { declareForm } from "../modals/declare.ts";
import type { Filled, Read } from "../modals/filled.ts";
import { fieldOf } from "../modals/inputs.ts";
import { filledFrom } from "./declare-from.ts";
import type { OpeningForm } from "./ids.ts";
import { takenAlong } from "./take-along.ts";

export async function readOpeningForm(
  { source }: OpeningForm,
  { room, state }: Pick<Filled, "room" | "state">,
): Promise<Read> {
  const { channel } = source;
  const asked = fieldOf(state, takenAlong) === "yes" ? await filledFrom(room, source) : {};
  return { next: declareForm(room.handling.rules, { channel, ...asked }) };
}

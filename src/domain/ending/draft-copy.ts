import type { Incident } from "../incident.ts";
import type { Slot } from "../slot.ts";

type Reopened = Pick<Incident, "ending">;

/** Which resolution it is: each one posts a draft of its own. */
const resolution = ({ ending }: Reopened): number => ending.reopenings.length + 1;

/** The copy of the post-mortem that resolving posts. */
export const draftCopyOf = (state: Reopened): string =>
  resolution(state) === 1 ? "draft" : `draft-${resolution(state)}`;

/** The message under that copy, with what can be done about it. */
export const draftSlotOf = (state: Reopened): Slot =>
  resolution(state) === 1 ? "postmortem" : `postmortem:${resolution(state)}`;

import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { RefusedPerson } from "./state.ts";

export type OpeningCommand =
  | CommandOf<"DismissSimilar", { incident: number; of: number }>
  /** Asks Slack again for the channel that it refused. */
  | CommandOf<"RetryChannel", { incident: number }>
  // Facts from Slack.
  | CommandOf<"NoteInvitesRefused", { incident: number; refused: RefusedPerson[] }>;

export const isOpeningCommand = named<OpeningCommand["type"]>([
  "DismissSimilar",
  "RetryChannel",
  "NoteInvitesRefused",
]);

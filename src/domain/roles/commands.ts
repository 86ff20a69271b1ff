import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Role } from "../vocab.ts";

export type RolesCommand =
  | CommandOf<
      "GiveRole",
      {
        incident: number;
        role: Role;
        /** User id. */
        to: string;
        /** From whom command is taken knowingly; without it nobody loses it. */
        from?: string;
      }
    >
  /** *Not me* to the change of this version. */
  | CommandOf<"DeclineRole", { incident: number; change: number }>
  | CommandOf<"OfferCommand", { incident: number; to: string }>
  | CommandOf<"AnswerOffer", { incident: number; offer: number; accept: boolean }>
  // Due timers.
  | CommandOf<"RemindCommander", { incident: number; since: number }>
  | CommandOf<"EscalateCommander", { incident: number; since: number }>;

export const isRolesCommand = named<RolesCommand["type"]>([
  "GiveRole",
  "DeclineRole",
  "OfferCommand",
  "AnswerOffer",
  "RemindCommander",
  "EscalateCommander",
]);
export type RolesCommandNamed<Type extends RolesCommand["type"]> = Extract<RolesCommand, { type: Type }>;

import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Words } from "../words.ts";
import type { Target } from "./state.ts";

interface AboutWalk {
  incident: number;
  walk: number;
}

interface Watched {
  incident: number;
  watch: number;
  /** When somebody last wrote in the channel; read beforehand. */
  lastSaidAt?: number;
  /** Since when it is being read from Slack what was said meanwhile; null: it is on record. Read beforehand. */
  readingSince?: number | null;
}

interface AboutRing {
  incident: number;
  call: string;
  webhook: string;
}

/** What Slack said of a group: its people, or why they are not known. */
export interface GroupFound {
  name: string;
  people: string[];
  failure: string | null;
}

export type EscalationCommand =
  | CommandOf<"Acknowledge", { incident: number }>
  /** `calls`: how many there were when it was asked for, so that a second press does not call the step after. */
  | CommandOf<"Escalate", { incident: number; reason?: Words; calls?: number }>
  | CommandOf<"Page", { incident: number; whom: { target: Target } | { policy: string }; reason?: Words }>
  /** *Call now* and *Don't*, before a walk begins. */
  | CommandOf<"BeginWalk", AboutWalk>
  | CommandOf<"DropWalk", AboutWalk>
  | CommandOf<"ConfirmStillOnIt", { incident: number; watch: number }>
  // Due timers.
  | CommandOf<"StartWalk", AboutWalk>
  | CommandOf<"CallTurn", AboutWalk & { turn: number }>
  | CommandOf<"ExhaustWalk", AboutWalk>
  | CommandOf<"CheckHeard", Watched>
  /** `wasDue`: they were given time anew. `isOnItsWay`: something about the question waits for Slack; read beforehand. */
  | CommandOf<"GoOn", Watched & { wasDue?: number; isOnItsWay?: boolean }>
  // Results of effects: facts, never refused.
  | CommandOf<"NoteWebhookReached", AboutRing>
  | CommandOf<"NoteWebhookMissed", AboutRing & { failure: string }>
  | CommandOf<"NoteWebhookSpared", AboutRing>
  | CommandOf<
      "NotePeopleFound",
      {
        incident: number;
        call: string;
        groups: GroupFound[];
        unreachable: { user: string; why: string; isGone: boolean }[];
      }
    >;

export type EscalationCommandNamed<Type extends EscalationCommand["type"]> = Extract<
  EscalationCommand,
  { type: Type }
>;

export const isEscalationCommand = named<EscalationCommand["type"]>([
  "Acknowledge",
  "Escalate",
  "Page",
  "BeginWalk",
  "DropWalk",
  "ConfirmStillOnIt",
  "StartWalk",
  "CallTurn",
  "ExhaustWalk",
  "CheckHeard",
  "GoOn",
  "NotePeopleFound",
  "NoteWebhookReached",
  "NoteWebhookMissed",
  "NoteWebhookSpared",
]);

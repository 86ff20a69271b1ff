import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type TroublesCommand =
  | CommandOf<"RetryEffect", { incident: number; key: string }>
  /** A channel can be posted to again; by its id and its name. Never refused. */
  | CommandOf<"RetryInChannel", { incident: number; channel: readonly string[] }>
  // A fact: may be told twice, never refused.
  | CommandOf<"NoteRetryEnded", { incident: number; key: string; as: "done" | "unwanted" }>;

export const isTroublesCommand = named<TroublesCommand["type"]>([
  "RetryEffect",
  "RetryInChannel",
  "NoteRetryEnded",
]);

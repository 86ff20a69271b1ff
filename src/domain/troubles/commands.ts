import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type TroublesCommand =
  | CommandOf<"RetryEffect", { incident: number; key: string }>
  // A fact: may be told twice, never refused.
  | CommandOf<"NoteRetryEnded", { incident: number; key: string; as: "done" | "unwanted" }>;

export const isTroublesCommand = named<TroublesCommand["type"]>(["RetryEffect", "NoteRetryEnded"]);

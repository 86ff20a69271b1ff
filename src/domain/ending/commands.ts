import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Words } from "../words.ts";

export type EndingCommand =
  | CommandOf<"Close", { incident: number }>
  /** No post-mortem will be written. */
  | CommandOf<"Waive", { incident: number; reason: Words }>
  | CommandOf<"PublishPostmortem", { incident: number }>
  | CommandOf<"Reopen", { incident: number; reason: Words }>
  /** A false alarm. */
  | CommandOf<"Cancel", { incident: number; reason: Words }>
  /** `chain`: the incidents that `of` was itself called a duplicate of, read by `handle`; null: there is no `of`. */
  | CommandOf<"MarkDuplicate", { incident: number; of: number; chain?: number[] | null }>;

export const isEndingCommand = named<EndingCommand["type"]>([
  "Close",
  "Waive",
  "PublishPostmortem",
  "Reopen",
  "Cancel",
  "MarkDuplicate",
]);

import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Words } from "../words.ts";

/** Another incident, as far as calling this one the same takes it. */
export interface OtherIncident {
  number: number;
  private: boolean;
  channel: string | null;
  /** What it was itself called the same as. */
  duplicateOf: number | null;
}

type Related = Pick<OtherIncident, "number" | "channel">;

export type EndingCommand =
  | CommandOf<"Close", { incident: number }>
  /** No post-mortem will be written. */
  | CommandOf<"Waive", { incident: number; reason: Words }>
  | CommandOf<"PublishPostmortem", { incident: number }>
  /** `claim` false: whoever asks does not write it. */
  | CommandOf<"OwnPostmortem", { incident: number; claim: boolean }>
  | CommandOf<"Reopen", { incident: number; reason: Words }>
  /** A false alarm. */
  | CommandOf<"Cancel", { incident: number; reason: Words }>
  /** `other` is read by `handle`; null: there is no incident of that number. */
  | CommandOf<"MarkDuplicate", { incident: number; of: number; other?: OtherIncident | null }>
  | CommandOf<"JoinChannel", { incident: number }>
  /** `due` names the archiving that the button was about. */
  | CommandOf<"KeepChannel", { incident: number; due: number }>
  // Due timers.
  | CommandOf<"RemindPostmortem", { incident: number; due: number }>
  | CommandOf<"AnnounceArchiving", { incident: number; due: number }>
  | CommandOf<"ArchiveWhenDue", { incident: number; due: number }>
  | CommandOf<"NoteDuplicate", { incident: number; other: Related; same: boolean }>;

export const isEndingCommand = named<EndingCommand["type"]>([
  "Close",
  "Waive",
  "PublishPostmortem",
  "OwnPostmortem",
  "Reopen",
  "Cancel",
  "MarkDuplicate",
  "JoinChannel",
  "KeepChannel",
  "RemindPostmortem",
  "AnnounceArchiving",
  "ArchiveWhenDue",
  "NoteDuplicate",
]);

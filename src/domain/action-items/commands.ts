import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Words } from "../words.ts";

export type ActionItemsCommand =
  /** `owner` is a user id, `due` a day such as `2024-02-20`. */
  | CommandOf<
      "AddActionItem",
      { incident: number; item: string; text: Words; owner: string | null; due: string | null }
    >
  | CommandOf<
      "EditActionItem",
      { incident: number; item: string; text: Words; owner: string | null; due: string | null }
    >
  | CommandOf<"FinishActionItem", { incident: number; item: string }>
  | CommandOf<"DropActionItem", { incident: number; item: string }>
  /** Takes back that it is done or dropped. */
  | CommandOf<"RestoreActionItem", { incident: number; item: string }>
  // Due timers.
  | CommandOf<"RemindActionItem", { incident: number; item: string; due: string }>
  | CommandOf<"SendActionDigest", { incident: number; due: number }>;

export const isActionItemsCommand = named<ActionItemsCommand["type"]>([
  "AddActionItem",
  "EditActionItem",
  "FinishActionItem",
  "DropActionItem",
  "RestoreActionItem",
  "RemindActionItem",
  "SendActionDigest",
]);

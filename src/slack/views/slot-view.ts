import type { Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";

/** A message as it should stand now; null when it is no longer wanted. */
export interface SlotAsked {
  /** What follows the slot's first word. */
  id: string;
  /** Who reads it alone, where it is a direct message. */
  person?: string;
}
export type SlotViews = Readonly<Record<string, (model: ViewModel, asked: SlotAsked) => Message | null>>;

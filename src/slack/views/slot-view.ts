import type { Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";

export interface SlotAsked {
  /** What follows the slot's first word. */
  id: string;
  /** Who reads it alone, where it is a direct message. */
  person?: string;
  /** It is in Slack: what is over is told there. What has never been shown is not shown for that alone. */
  stands: boolean;
}
/** A message as it should stand now; null when it is not wanted, or no longer. */
export type SlotViews = Readonly<Record<string, (model: ViewModel, asked: SlotAsked) => Message | null>>;

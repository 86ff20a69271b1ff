import type { Message } from "../views/limits.ts";

/** A button somebody pressed. */
export interface Pressed {
  user: string;
  channel: string;
  triggerId: string;
  responseUrl: string;
  /** The button stands in an answer that only the presser sees. */
  ephemeral: boolean;
  action: { action_id: string; action_ts: string; value?: string | undefined };
}

/** What the presser is told; null: what shows in the channel, or a form, is answer enough. */
export interface PressAnswer {
  answer: Message | null;
  /** It takes the place of the ephemeral message that the button stood in. */
  replaces?: boolean;
}

import type { Command } from "../../domain/command.ts";
import type { Person } from "../../store/port.ts";

/**
 * What came of an attempt. This room does not know dispatch: that the two agree on this is seen by the compiler where
 * `app.ts` hands one to the other.
 */
export type Performed =
  /** `result` is to be handled in the commit that settles the row. */
  | { as: "done"; result?: Command; people?: Person[] }
  | { as: "skipped"; why: string }
  /** `sure`: it certainly had no effect. `after`: ms that Slack asked for. `pause`: what else must wait. */
  | {
      as: "retry";
      error: string;
      sure: boolean;
      after?: number;
      pause: "row" | "method" | "all";
      method?: string;
    }
  | { as: "dead"; error: string; sentence: string };

/** The main method of an effect, and the channel that it posts to; null where there is none. */
export interface Pace {
  method: string | null;
  lane: string | null;
}

import { sql } from "./drizzle.ts";
import { outbox } from "./tables.ts";

// Spelt out where a partial index must be seen to apply: SQLite does not for a bound value.
export const unsettled = sql`${outbox.settledAt} is null`;
export const isTimer = sql`${outbox.timer} = 1`;
export const isNoTimer = sql`${outbox.timer} = 0`;
export const isWebhook = sql`${outbox.type} = 'CallWebhook'`;
export const isForSlack = sql`${outbox.timer} = 0 and ${outbox.type} <> 'CallWebhook'`;
export const isPending = sql`${outbox.state} = 'pending'`;
// True of all that is unsettled but held; leads to the due times of either state.
export const isOpen = sql`${outbox.state} in ('pending', 'claimed')`;
export const isHeld = sql`${outbox.state} = 'held'`;
export const isWaiting = sql`${outbox.state} in ('pending', 'held')`;
export const isClaimed = sql`${outbox.state} = 'claimed'`;
export const isDead = sql`${outbox.state} = 'dead'`;

import { declare } from "./declare.ts";
import { events } from "./events.ts";
import type { Bench } from "./figures.ts";
import { memory } from "./memory.ts";
import { postmortem } from "./postmortem.ts";
import { timers } from "./timers.ts";

/** In the order in which they run. */
export const benches: readonly Bench[] = [events, declare, memory, postmortem, timers];

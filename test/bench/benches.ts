import { events } from "./events.ts";
import type { Bench } from "./figures.ts";

/** In the order in which they run. */
export const benches: readonly Bench[] = [events];

import type { SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const asksViews: SlotViews = {};

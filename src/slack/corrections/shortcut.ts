import type { RunMessageShortcut } from "../used-shortcut.ts";
import { reply } from "../views/reply.ts";

/** The message shortcut *Add to timeline*. */
export const addToTimeline: RunMessageShortcut = async () =>
  reply("*Add to timeline* is not there yet, so nothing was done.");

import type { RunMessageShortcut } from "../used-shortcut.ts";
import { reply } from "../views/reply.ts";

/** The message shortcut *Create action item*. */
export const createActionItem: RunMessageShortcut = async () =>
  reply("*Create action item* is not there yet, so nothing was done.");

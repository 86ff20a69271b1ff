import type { RunVerb } from "../commands/asked.ts";

/** Commands of this folder, by their word. */
export const actionItemsVerbs: Readonly<Record<string, RunVerb>> = {};

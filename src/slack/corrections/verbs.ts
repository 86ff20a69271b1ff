import type { RunVerb } from "../commands/asked.ts";

/** Commands of this folder, by their word. */
export const correctionsVerbs: Readonly<Record<string, RunVerb>> = {};

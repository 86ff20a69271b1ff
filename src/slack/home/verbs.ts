import type { RunVerb } from "../commands/asked.ts";
import { showStats } from "./stats.ts";

/** Commands of this folder, by their word. */
export const homeVerbs = {
  stats: { on: "anywhere", run: (room, { command }, rest) => showStats(room, command, rest) },
} satisfies Readonly<Record<string, RunVerb>>;

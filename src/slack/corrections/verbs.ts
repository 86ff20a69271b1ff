import type { RunVerb } from "../commands/asked.ts";
import { showTimeline } from "./show.ts";

/** Commands of this folder, by their word. */
export const correctionsVerbs = {
  timeline: { on: "incident", run: (room, _asked, incident) => showTimeline(room, incident, 0) },
} satisfies Readonly<Record<string, RunVerb>>;

import type { RunVerb } from "../commands/asked.ts";
import { openAssess } from "./open.ts";

/** Commands of this folder, by their word. */
export const assessmentVerbs = {
  assess: {
    on: "incident",
    run: (room, asked, incident, rest) => openAssess(room, asked.triggerId, incident, rest),
  },
} satisfies Readonly<Record<string, RunVerb>>;

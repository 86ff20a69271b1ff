import type { RunVerb } from "../commands/asked.ts";
import { subscribe } from "./subscribe.ts";

/** Commands of this folder, by their word. */
export const audiencesVerbs: Readonly<Record<string, RunVerb>> = {
  subscribe: { on: "anywhere", run: (room, asked) => subscribe(room, asked, true) },
  unsubscribe: { on: "anywhere", run: (room, asked) => subscribe(room, asked, false) },
};

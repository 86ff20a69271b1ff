import type { RunVerb } from "../commands/asked.ts";
import { subscribe } from "./subscribe.ts";

/** Commands of this folder, by their word. */
export const audiencesVerbs = {
  subscribe: { on: "anywhere", run: (room, asked) => subscribe(room, asked, true) },
  unsubscribe: { on: "anywhere", run: (room, asked) => subscribe(room, asked, false) },
} satisfies Readonly<Record<string, RunVerb>>;

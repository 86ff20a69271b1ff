import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Recent } from "./state.ts";

/** Facts from Slack, never refused. `since`: when it was so; without it, now. */
export type PresenceCommand =
  | CommandOf<"NoteMemberJoined", { incident: number; user: string; since?: number; keyEntries: Recent[] }>
  | CommandOf<"NoteMemberLeft", { incident: number; user: string; since?: number }>;

export const isPresenceCommand = named<PresenceCommand["type"]>(["NoteMemberJoined", "NoteMemberLeft"]);

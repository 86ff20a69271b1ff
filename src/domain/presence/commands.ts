import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Recent } from "./state.ts";

/** Facts from Slack, never refused. */
export type PresenceCommand =
  | CommandOf<"NoteMemberJoined", { incident: number; user: string; keyEntries: Recent[] }>
  | CommandOf<"NoteMemberLeft", { incident: number; user: string }>;

export const isPresenceCommand = named<PresenceCommand["type"]>(["NoteMemberJoined", "NoteMemberLeft"]);

import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";
import type { Recent } from "./state.ts";

/** Facts from Slack, never refused. `since`: when it was so; without it, now. */
export type PresenceCommand =
  | CommandOf<"NoteMemberJoined", { incident: number; user: string; since?: number; keyEntries: Recent[] }>
  | CommandOf<"NoteMemberLeft", { incident: number; user: string; since?: number }>
  /** Who came and who went without a word from Slack, found at `since` by comparison with its list. */
  | CommandOf<
      "CompareMembers",
      { incident: number; joined: string[]; left: string[]; since: number; keyEntries: Recent[] }
    >;

export const isPresenceCommand = named<PresenceCommand["type"]>([
  "NoteMemberJoined",
  "NoteMemberLeft",
  "CompareMembers",
]);

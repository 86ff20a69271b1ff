import { type Incident, isOpen } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { holderOf } from "../roles/state.ts";
import type { Gap } from "./state.ts";

/** What an open incident lacks. Whoever is alone in it is asked for one thing only: to lead. */
export function gapsOf(state: Incident): Gap[] {
  if (!isOpen(state) || !hasRoom(state)) return [];
  const commander: Gap[] = holderOf(state.roles, "commander") === undefined ? ["commander"] : [];
  if (Object.keys(state.presence.members).length <= 1) return commander;
  const { userImpact, businessImpact, scope, trend } = state.assessment;
  return [
    ...commander,
    ...(userImpact?.answer ? [] : ["users" as const]),
    ...(businessImpact?.answers ? [] : ["business" as const]),
    ...(scope?.answer ? [] : ["scope" as const]),
    ...(trend?.answer ? [] : ["trend" as const]),
    // Update number one is the announcement.
    ...(state.updates.length > 1 ? [] : ["update" as const]),
  ];
}

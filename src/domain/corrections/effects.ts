import type { Outgoing } from "../effect.ts";
import { editMessage, postMessage } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";

/** What any event makes necessary here; `state` is the one after it. */
export function correctionsEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  if (event.type !== "EntryCorrected") return [];
  const { number, version, posts } = state;
  const { entry } = event.data;
  return [
    postMessage(number, `correction:${version}`, event.at),
    ...(posts[entry] ? [editMessage(number, entry, event.at, version)] : []),
  ];
}

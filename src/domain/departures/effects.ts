import type { Outgoing } from "../effect.ts";
import { editMessage, learnPerson, postMessage, setTopic } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { justEnded } from "../presence/phase.ts";
import { standing } from "../refreshed.ts";
import { isDeparturesEvent } from "./events.ts";
import { expectedOf, isExpected } from "./needed.ts";

/** By these somebody takes what another one has left, or it is done with. */
const taking: ReadonlySet<IncidentEvent["type"]> = new Set([
  "ActionItemDone",
  "ActionItemDropped",
  "ActionItemEdited",
  "AskDone",
  "AskTaken",
  "PostmortemOwned",
  "RoleTaken",
]);

/** What any event makes necessary here; `state` is the one after it. */
export function departuresEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  if (!isDeparturesEvent(event))
    return taking.has(event.type) || justEnded(state) ? standing(state, "gone", event.at) : [];
  const { at, data } = event;
  const { number, version } = state;
  const { user } = data;
  const { asks, ...others } = expectedOf(state, user);
  const shown = asks.map((id) => editMessage(number, `ask:${id}`, at, version));
  if (event.type === "PersonBack") return [...standing(state, `gone:${user}`, at), ...shown];
  const { roles } = event.data;
  const isMissed = roles.length > 0 || isExpected({ asks, ...others });
  return [
    learnPerson(user, at),
    ...(isMissed && hasRoom(state) ? [postMessage(number, `gone:${user}:${version}`, at)] : []),
    ...shown,
    ...(roles.length > 0 ? [editMessage(number, "card", at, version)] : []),
    ...(roles.includes("commander") && state.channel ? [setTopic(number, at, version)] : []),
  ];
}

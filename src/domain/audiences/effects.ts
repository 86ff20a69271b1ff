import type { Outgoing } from "../effect.ts";
import { deleteMessage, findSubscribers, postMessage, timer } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { slotIn, slotTo } from "../slot.ts";
import { type AudiencesEvent, isAudiencesEvent } from "./events.ts";
import type { Told } from "./state.ts";

const audienceSlot = ({ audience, n, channel }: Pick<Told, "audience" | "n" | "channel">): string =>
  slotIn(channel, `audience:${audience}:${n}`);

/** What any event makes necessary here; `state` is the one after it. */
export function audiencesEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  if (isAudiencesEvent(event)) return effectsOf(event, state);
  const isUpdate = event.type === "UpdatePublished" && !state.drill;
  return isUpdate ? [findSubscribers(state.number, event.data.n, event.at)] : [];
}

function effectsOf(event: AudiencesEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  switch (event.type) {
    case "AudienceTold":
      return [postMessage(number, audienceSlot(event.data), at)];
    case "SubscribersFound": {
      const { n, users } = event.data;
      return users.map((user) => postMessage(number, slotTo(user, `subscribed:${n}`), at));
    }
    case "UpdateWarningPlanned": {
      const { due, warnAt } = event.data;
      return [timer({ type: "WarnUpdateDue", incident: number, due }, `${due}:${version}`, warnAt)];
    }
    case "UpdateWarned":
      return [postMessage(number, slotTo(event.data.to, `headsup:${event.data.due}`), at)];
    case "UpdateMissedAgain": {
      const { due, to, escalateAt } = event.data;
      return [
        ...(to === null ? [] : [postMessage(number, slotTo(to, `missed:${due}`), at)]),
        timer({ type: "EscalateMissedUpdate", incident: number, due }, `${due}:${version}`, escalateAt),
      ];
    }
    case "StillOpenPlanned": {
      const { since, askAt } = event.data;
      return [timer({ type: "AskStillOpen", incident: number, since }, `${since}:${version}`, askAt)];
    }
    case "StillOpenAsked": {
      const { since, askAgainAt } = event.data;
      const before = Object.keys(state.posts).filter((slot) => slot.startsWith("stillopen:"));
      return [
        ...before.map((slot) => deleteMessage(number, slot, at, version)),
        postMessage(number, `stillopen:${version}`, at),
        timer({ type: "AskStillOpen", incident: number, since }, `${since}:${version}`, askAgainAt),
      ];
    }
    case "MissedUpdateEscalated":
      return [];
    default:
      return event satisfies never;
  }
}

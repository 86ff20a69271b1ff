import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { isPresenceEvent, type PresenceEvent } from "./events.ts";
import { gapsOf } from "./missing.ts";
import type { Slot } from "../slot.ts";
import type { Presence } from "./state.ts";

/** Events that bring a prompt which notifies people; after one the next waits `prompts.atMostEvery`. */
const prompting: readonly IncidentEvent["type"][] = [
  "StillOnItAsked",
  "CommanderReminded",
  "AskChased",
  "AssessmentAskedAgain",
  "MitigationPrompted",
  "MitigationAsked",
];

/** What any event changes here; `state` is the one before it, in which every other part has changed already. */
export function evolvePresence(state: Incident, event: IncidentEvent): Partial<Incident> {
  const told: Presence = isPresenceEvent(event)
    ? { ...state.presence, ...changeBy(state.presence, event) }
    : state.presence;
  // One that could not be shown at once prompts people when it is.
  const prompts =
    prompting.includes(event.type) || (event.type === "MessagePosted" && isPrompt(state, event.data.slot));
  const presence = prompts ? { ...told, promptedAt: event.at } : told;
  const version = event.type === "IncidentDeclared" ? 1 : state.version + 1;
  const open = isOpen(state);
  const gaps = gapsOf({ ...state, presence });
  const isSame = gaps.join() === presence.missing.gaps.join();
  return {
    presence: {
      ...presence,
      ...(isSame ? {} : { missing: { gaps, version } }),
      ...(open === presence.open.is ? {} : { open: { is: open, version } }),
    },
  };
}

const promptKinds = ["still", "chase", "mitigation-prompt", "mitigation-check"];

function isPrompt({ roles }: Incident, slot: Slot): boolean {
  if (slot === "missing")
    return roles.vacantSince !== null && roles.remindedAt !== null && roles.remindedAt >= roles.vacantSince;
  return slot === "assessment:again" || promptKinds.includes(slot.split(":")[0] ?? "");
}

function changeBy(
  { members, left, briefed }: Presence,
  { type, at, data }: PresenceEvent,
): Partial<Presence> {
  switch (type) {
    case "MemberJoined":
      return { members: { ...members, [data.user]: data.since ?? at } };
    case "MemberLeft": {
      const { [data.user]: _, ...others } = members;
      return { members: others, left: { ...left, [data.user]: data.since ?? at } };
    }
    case "MemberBriefed":
      return { briefed: { ...briefed, [data.user]: { at, recent: data.recent } } };
    default:
      return type satisfies never;
  }
}

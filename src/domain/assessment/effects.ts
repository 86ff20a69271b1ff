import type { Outgoing } from "../effect.ts";
import { deleteMessage, editMessage, postMessage, timer } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { hasRoom } from "../opening/thread.ts";
import { refreshed } from "../refreshed.ts";
import { isAssessed } from "./state.ts";

/** The message with the four questions. */
const assessmentSlot = "assessment";
/** The one that asks for them again; it goes once they are answered. */
const askedAgainSlot = "assessment:again";
/** Tells what somebody answered in the form, by the version of the event. */
export const toldSlot = (version: number): string => `assessment:told:${version}`;

/** What any event makes necessary here; `state` is the one after it. */
export function assessmentEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  switch (event.type) {
    case "IncidentDeclared": {
      const { askAgainAt = null } = event.data;
      return askAgainAt === null
        ? []
        : [timer({ type: "AskAssessmentAgain", incident: number }, "first", askAgainAt)];
    }
    case "ChannelOpened":
      return [postMessage(number, assessmentSlot, at)];
    case "MessagePosted":
      return event.data.slot === askedAgainSlot ? askedEnough(state, at) : [];
    case "ServicesChanged":
      return [
        ...(hasRoom(state) ? [postMessage(number, toldSlot(version), at)] : []),
        ...answersShown(state, at),
      ];
    case "AssessmentAnswered":
      return [
        ...(hasRoom(state) && event.data.inForm ? [postMessage(number, toldSlot(version), at)] : []),
        ...answersShown(state, at),
        ...askedEnough(state, at),
      ];
    case "AssessmentAskedAgain":
      return [postMessage(number, askedAgainSlot, at)];
    case "SeverityChanged":
      return questionsRefreshed(state, at);
    case "IncidentResolved":
    case "IncidentCancelled":
    case "IncidentReopened":
      return [...questionsRefreshed(state, at), ...askedEnough(state, at)];
    default:
      return [];
  }
}

/** The questions with their answers, and what stands where somebody answered in the form: both bear the proposal. */
function questionsRefreshed({ number, version, assessment }: Incident, at: number): Outgoing[] {
  return [
    editMessage(number, assessmentSlot, at, version),
    ...(assessment.told && assessment.told.version < version
      ? [editMessage(number, toldSlot(assessment.told.version), at, version)]
      : []),
  ];
}

/** The answers show wherever the impact stands. */
const answersShown = (state: Incident, at: number): Outgoing[] => [
  ...questionsRefreshed(state, at),
  ...refreshed(state, at),
];

/** Nothing is asked any more: the message that asked again goes. */
const askedEnough = (state: Incident, at: number): Outgoing[] =>
  state.posts[askedAgainSlot] && (isAssessed(state) || !isOpen(state))
    ? [deleteMessage(state.number, askedAgainSlot, at, state.version)]
    : [];

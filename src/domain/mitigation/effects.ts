import type { Outgoing } from "../effect.ts";
import { deleteMessage, editMessage, learnPerson, postMessage, timer } from "../effect-routing.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { refreshed } from "../refreshed.ts";
import type { Slot } from "../slot.ts";
import { isWorse } from "../vocab.ts";
import { hasRoom } from "../opening/thread.ts";
import { isMitigationEvent, type MitigationEvent } from "./events.ts";
import { stageOf } from "./state.ts";

const promptSlot = "mitigation-prompt";

/** What any event makes necessary here; `state` is the one after it. */
export function mitigationEffects(event: IncidentEvent, state: Incident): Outgoing[] {
  if (isMitigationEvent(event)) return effectsOfMitigation(event, state);
  const { at } = event;
  const { number, version, mitigation } = state;
  switch (event.type) {
    case "IncidentDeclared":
      return [prompt(state, at)];
    case "SeverityChanged":
      return isWorse(event.data.to, event.data.from) ? [prompt(state, at)] : [];
    case "ChannelOpened":
      return [
        ...mitigation.tried.map(({ id }) => postMessage(number, `mitigation:${id}`, at)),
        ...mitigation.decisions.map(({ id }) => postMessage(number, `decision:${id}`, at)),
        ...openQuestions(state).map((slot) => postMessage(number, slot, at)),
      ];
    case "StatusChanged":
    case "IncidentResolved":
    case "IncidentCancelled":
    case "IncidentReopened":
      // Their buttons fit the status; questions are over when the incident is.
      return [
        ...mitigation.tried.map(({ id }) => editMessage(number, `mitigation:${id}`, at, version)),
        ...(isOpen(state) ? [] : questions(state).flatMap((slot) => retired(state, slot, at))),
      ];
    case "MessagePosted": {
      const { slot } = event.data;
      return isQuestion(slot) && !isAsked(state, slot) ? [deleteMessage(number, slot, at, version)] : [];
    }
    default:
      return [];
  }
}

function effectsOfMitigation(event: MitigationEvent, state: Incident): Outgoing[] {
  const { at } = event;
  const { number, version } = state;
  const post = (slot: Slot) => (hasRoom(state) ? [postMessage(number, slot, at)] : []);
  const edit = (slot: Slot) => editMessage(number, slot, at, version);
  switch (event.type) {
    case "MitigationDecided":
      return [
        ...(event.data.owner === null ? [] : [learnPerson(event.data.owner, at)]),
        ...post(`mitigation:${event.data.mitigation}`),
      ];
    case "MitigationStarted": {
      const { mitigation, askAt } = event.data;
      return [
        edit(`mitigation:${mitigation}`),
        ...retired(state, promptSlot, at),
        ...refreshed(state, at),
        ...(askAt === null
          ? []
          : [
              timer(
                { type: "AskMitigation", incident: number, mitigation },
                `${mitigation}:${version}`,
                askAt,
              ),
            ]),
      ];
    }
    case "MitigationFinished":
    case "MitigationResumed": {
      const { mitigation } = event.data;
      return [
        edit(`mitigation:${mitigation}`),
        ...retired(state, promptSlot, at),
        ...retired(state, `mitigation-check:${mitigation}`, at),
        ...refreshed(state, at),
      ];
    }
    case "MitigationStillRuns": {
      const { mitigation } = event.data;
      return [edit(`mitigation:${mitigation}`), ...retired(state, `mitigation-check:${mitigation}`, at)];
    }
    case "MitigationAsked":
      return post(`mitigation-check:${event.data.mitigation}`);
    case "MitigationPrompted":
      return [...(event.data.to === null ? [] : [learnPerson(event.data.to, at)]), ...post(promptSlot)];
    case "RollbackRuledOut":
      return [edit(promptSlot)];
    case "DecisionRecorded":
      return post(`decision:${event.data.decision}`);
    default:
      return event satisfies never;
  }
}

const prompt = ({ number, version }: Incident, at: number): Outgoing =>
  timer({ type: "PromptMitigation", incident: number }, version, at);

/** Those that people were asked and have not answered. */
function openQuestions(state: Incident): Slot[] {
  const { prompted, tried } = state.mitigation;
  const checks = tried.filter(({ askedAt }) => askedAt !== null).map(({ id }) => `mitigation-check:${id}`);
  return [...(prompted ? [promptSlot] : []), ...checks].filter((slot) => isAsked(state, slot));
}

const isQuestion = (slot: Slot): boolean => slot === promptSlot || slot.startsWith("mitigation-check:");
const questions = ({ posts }: Incident): Slot[] => Object.keys(posts).filter(isQuestion);

/** Whether the question still waits for an answer; why there is no rollback is an answer that stays to be read. */
function isAsked(state: Incident, slot: Slot): boolean {
  const { tried } = state.mitigation;
  if (!isOpen(state)) return false;
  if (slot === promptSlot) return !tried.some((one) => stageOf(one) !== "decided");
  const one = tried.find(({ id }) => slot === `mitigation-check:${id}`);
  return one !== undefined && stageOf(one) === "running" && one.stillRunning === null;
}

const retired = ({ number, version, posts }: Incident, slot: Slot, at: number): Outgoing[] =>
  posts[slot] ? [deleteMessage(number, slot, at, version)] : [];

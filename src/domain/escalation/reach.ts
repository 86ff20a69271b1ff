import { type Incident, isOpen } from "../incident.ts";
import { onDuty } from "../policy/on-call.ts";
import type { Rules } from "../rules.ts";
import type { Aim, Call, Target } from "./state.ts";

/** Whom a target stands for at that instant, as far as it is known without asking Slack. */
export function aimAt(rules: Rules, state: Incident, target: Target, at: number): Aim {
  switch (target.kind) {
    case "user":
      return withPeople(state, { target, people: [], knew: [], failure: null }, [target.name]);
    case "oncall": {
      const rotation = Object.hasOwn(rules.onCall, target.name) ? rules.onCall[target.name] : undefined;
      const person = rotation ? onDuty(rotation, at) : null;
      if (person !== null)
        return withPeople(state, { target, people: [], knew: [], failure: null }, [person]);
      return {
        target,
        people: [],
        knew: [],
        failure: rotation ? "nobody is on duty" : "there is no such rotation",
      };
    }
    case "group":
      return { target, people: [], knew: [], failure: null };
    case "channel":
      return { target, people: [], knew: [], failure: state.private ? privateStays : null };
    case "webhook": {
      const isThere = Object.hasOwn(rules.webhooks, target.name);
      return { target, people: [], knew: [], failure: isThere ? null : "there is no such webhook" };
    }
    default:
      return target.kind satisfies never;
  }
}

const privateStays = "a private incident is told in no other channel";

/** The same target with these people, of whom those who know already are not called. */
export function withPeople(state: Incident, aim: Aim, people: readonly string[]): Aim {
  const knowing = new Set(state.escalation.knowing);
  const each = [...new Set(people)];
  return {
    ...aim,
    people: each.filter((user) => !knowing.has(user)),
    knew: each.filter((user) => knowing.has(user)),
  };
}

/** Slack must be asked before anybody is called: for a group's people, or whether somebody can be reached. */
export const needsSeeking = (aims: readonly Aim[]): boolean =>
  aims.some(
    ({ target, people, failure }) => people.length > 0 || (target.kind === "group" && failure === null),
  );

/** A target through which nobody is reached. That a private incident keeps to itself is no failure. */
export function isMissed({ people }: Pick<Call, "people">, aim: Aim): boolean {
  if (aim.failure !== null) return aim.failure !== privateStays;
  const reached = people.filter(({ user }) => aim.people.includes(user));
  return aim.people.length > 0 && reached.every(({ failure }) => failure !== null);
}

export const anyMissed = (call: Call): boolean => call.aims.some((aim) => isMissed(call, aim));

/** The first answer since a call was made. */
export const answerOf = ({ escalation }: Incident, { answersBefore }: Call) =>
  escalation.answers[answersBefore] ?? null;

/** Nobody has answered it meanwhile, and the incident goes on. */
export const isWanted = (incident: Incident, call: Call): boolean =>
  isOpen(incident) && !isMoot(incident, call);

/** It waits for an answer only: once there is one, who was not told yet need not be. */
export function isMoot(incident: Incident, call: Call): boolean {
  const turn =
    call.walk === null || call.turn === null
      ? undefined
      : incident.escalation.walks[call.walk]?.turns[call.turn];
  return turn !== undefined && turn.when === "unacknowledged" && answerOf(incident, call) !== null;
}

import type { Actor } from "../actor.ts";
import type { Incident } from "../incident.ts";
import type { Words } from "../words.ts";
import type { Call, Target } from "./state.ts";

/** What is known of one person who was called. */
export interface CalledPerson {
  user: string;
  /** `unknown`: nobody saw it arrive or fail. */
  delivery: "delivered" | "failed" | "unknown";
  failure: string | null;
  /** Ms from the call to their Ack or claim of command after it; null: they gave none. */
  answeredAfter: number | null;
}

/** One target of one call, for people and programs that read what happened. */
export interface CallOnRecord {
  at: number;
  by: Actor;
  /** Policies whose step it was, and which one from 1, repeats counted on; null: by hand. */
  policies: string[] | null;
  step: number | null;
  target: Target;
  people: CalledPerson[];
  /** Who was not called, since they knew already; user ids. */
  knew: string[];
  /** Why nobody could be reached through it. */
  failure: string | null;
  reason: Words | null;
  /** Why it came before its time, in words of ours. */
  because: string | null;
  /** In a drill nobody is called. */
  isDrill: boolean;
}

/** Every call with its delivery, and who answered it after how long; in order, a line each target. */
export const callsOf = (incident: Incident): CallOnRecord[] =>
  incident.escalation.calls.flatMap((call) => call.aims.map((aim) => recorded(incident, call, aim)));

function recorded(incident: Incident, call: Call, { target, people, knew, failure }: Call["aims"][number]) {
  const { at, by, reason, because, walk, turn } = call;
  const policies = walk === null ? undefined : incident.escalation.walks[walk]?.policies;
  return {
    at,
    by,
    policies: policies ?? null,
    step: turn === null ? null : turn + 1,
    target,
    people: people.map((user) => personOf(incident, call, user)),
    knew,
    failure,
    reason,
    because,
    isDrill: incident.drill,
  };
}

function personOf(incident: Incident, call: Call, user: string): CalledPerson {
  const found = call.people.find((each) => each.user === user);
  const delivery = found === undefined || found.delivery === "pending" ? "unknown" : found.delivery;
  return {
    user,
    delivery,
    failure: found?.failure ?? null,
    answeredAfter: answeredAfter(incident, call, user),
  };
}

function answeredAfter({ escalation }: Incident, { at, answersBefore }: Call, user: string): number | null {
  const since = escalation.answers.slice(answersBefore);
  const own = since.find(({ by }) => by.kind === "slack" && by.user === user);
  return own ? own.at - at : null;
}

/** Everybody whom the record of calls names, user ids. */
export const peopleCalled = ({ escalation: { calls, acks, walks, watch } }: Incident): string[] => [
  ...calls.flatMap(({ aims, by }) => [
    ...aims.flatMap(({ people, knew }) => [...people, ...knew]),
    ...idOf(by),
  ]),
  ...acks.flatMap(({ by }) => idOf(by)),
  ...walks.flatMap(({ people, phones, dropped }) => [
    ...people,
    ...Object.keys(phones),
    ...(dropped ? idOf(dropped.by) : []),
  ]),
  ...(watch ? idOf(watch.who) : []),
];

const idOf = (actor: Actor): string[] => (actor.kind === "slack" ? [actor.user] : []);

import type { Actor } from "../actor.ts";
import type { Incident } from "../incident.ts";
import type { Words } from "../words.ts";
import { isWanted } from "./reach.ts";
import type { Call, Target, Walk } from "./state.ts";
import { waits } from "./walk.ts";

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
  /** Policies whose step it was, and which one from 1; null: by hand. */
  policies: string[] | null;
  step: number | null;
  /** Which repeat of the steps it was; 0: the first time. */
  repeat: number;
  target: Target;
  people: CalledPerson[];
  /** Of a webhook, what became of its call; null: it is none, or a drill. */
  ring: Call["webhooks"][number] | null;
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
  const found = walk === null ? undefined : incident.escalation.walks[walk];
  const place = found && turn !== null ? stepOf(found, turn) : null;
  return {
    at,
    by,
    policies: found?.policies ?? null,
    step: place?.step ?? null,
    repeat: place?.repeat ?? 0,
    target,
    people: people.map((user) => personOf(incident, call, user)),
    ring: target.kind === "webhook" ? (call.webhooks.find(({ name }) => name === target.name) ?? null) : null,
    knew,
    failure,
    reason,
    because,
    isDrill: incident.drill,
  };
}

/** Which step of its policy a turn is, from 1, as people count them: a repeat has the number of what it repeats. */
export function stepOf({ turns }: Walk, turn: number): { step: number; repeat: number } {
  const asked = turns[turn];
  if (!asked) return { step: turn + 1, repeat: 0 };
  const first = turns.filter(({ round }) => round === 0);
  const own = turns.filter(({ round }) => round === asked.round).indexOf(asked);
  const repeated = asked.round === 0 ? asked : first.filter(waits)[own];
  return { step: (repeated ? first.indexOf(repeated) : own) + 1, repeat: asked.round };
}

/** While Slack was away somebody had it, or it was over. */
const untold = "no message went out before it was answered or over";

function personOf(incident: Incident, call: Call, user: string): CalledPerson {
  const found = call.people.find((each) => each.user === user);
  const isUntold = found?.delivery === "pending" && !incident.drill && !isWanted(incident, call);
  const delivery =
    found === undefined || found.delivery === "pending" ? ("unknown" as const) : found.delivery;
  return {
    user,
    delivery: isUntold ? "failed" : delivery,
    failure: found?.failure ?? (isUntold ? untold : null),
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

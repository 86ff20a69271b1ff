import type { Incident } from "../incident.ts";
import type { PolicyRules, Rules } from "../rules.ts";
import type { Severity } from "../vocab.ts";
import { seenAt } from "../shown.ts";
import { slotTo } from "../slot.ts";
import type { Turn, Walk } from "./state.ts";

const minute = 60_000;

/** How long people have to answer the last call, where the policy says nothing. */
const usualPatience = 5 * minute;

/** Policies that an incident names: those of its services, else that of its severity; each once. */
export function policiesFor(
  rules: Rules,
  { services, severity }: { services: readonly string[]; severity: Severity },
): string[] {
  const own = policiesOfServices(rules, services);
  return own.length > 0 ? own : known(rules, [rules.severities[severity].escalation]);
}

export const policiesOfServices = (rules: Rules, services: readonly string[]): string[] =>
  known(
    rules,
    services.map((name) =>
      Object.hasOwn(rules.services, name) ? (rules.services[name]?.escalation ?? null) : null,
    ),
  );

/** Names of policies that there are and that call somebody, each once. */
export function known(rules: Rules, names: readonly (string | null)[]): string[] {
  const named = names.flatMap((name) => (name !== null && policyOf(rules, name) ? [name] : []));
  return [...new Set(named)];
}

export function policyOf(rules: Rules, name: string): PolicyRules | undefined {
  const policy = Object.hasOwn(rules.escalation, name) ? rules.escalation[name] : undefined;
  return policy && policy.steps.length > 0 ? policy : undefined;
}

/**
 * The walk of several policies: repeats counted out, what is due at the same time merged, in the order in which it is due.
 * `patience`: ms from the start until the last ones called have had the time to answer.
 */
export function turnsOf(policies: readonly PolicyRules[]): { turns: Turn[]; patience: number } {
  const merged = new Map<string, Turn>();
  for (const turn of policies.flatMap(turnsOfOne)) {
    const key = `${turn.after} ${turn.when}`;
    const there = merged.get(key);
    merged.set(key, there ? together(there, turn) : turn);
  }
  const turns = [...merged.values()].toSorted(
    (one, other) => one.after - other.after || Number(waits(other)) - Number(waits(one)),
  );
  const last = Math.max(0, ...turns.map(({ after }) => after));
  const between = Math.max(0, ...policies.map(({ repeatEvery }) => repeatEvery));
  return { turns, patience: last + (between > 0 ? between : usualPatience) };
}

function turnsOfOne({ steps, repeat, repeatEvery }: PolicyRules): Turn[] {
  const waiting = steps.filter(waits);
  const length = Math.max(0, ...waiting.map(({ after }) => after)) + repeatEvery;
  const repeats = Array.from({ length: waiting.length > 0 ? repeat : 0 }, (_, index) => index + 1);
  return [
    ...steps.map((step) => ({ ...step, round: 0 })),
    ...repeats.flatMap((round) =>
      waiting.map((step) => ({ ...step, after: step.after + round * length, round })),
    ),
  ];
}

function together(one: Turn, other: Turn): Turn {
  const isNew = ({ kind, name }: Turn["notify"][number]) =>
    !one.notify.some((each) => each.kind === kind && each.name === name);
  const messages = [...new Set([one.message, other.message].filter((each) => each !== null))];
  return {
    ...one,
    notify: [...one.notify, ...other.notify.filter(isNew)],
    message: messages.length > 0 ? messages.join(" · ") : null,
    round: Math.min(one.round, other.round),
  };
}

/** Whether it comes only while nobody has acknowledged. */
export const waits = ({ when }: Pick<Turn, "when">): boolean => when === "unacknowledged";

export const isWalking = (walk: Walk): walk is Walk & { startedAt: number } =>
  walk.startedAt !== null && walk.dropped === null && walk.endedAt === null;

export const isPlanned = ({ startedAt, dropped, endedAt }: Walk): boolean =>
  startedAt === null && dropped === null && endedAt === null;

/** Somebody has to answer, now or once it has begun. */
export const isWaiting = (walk: Walk): boolean =>
  (isWalking(walk) || isPlanned(walk)) && walk.answeredAt === null;

/** When a turn is due; null: not while the walk has not begun. */
export function dueAt(walk: Walk, index: number): number | null {
  const turn = walk.turns[index];
  if (!turn || !isWalking(walk)) return null;
  return walk.startedAt + turn.after + (waits(turn) ? walk.shift : 0);
}

/** Turns that were not called yet, in their order. */
export const uncalled = ({ turns, called }: Walk): number[] =>
  turns.map((_, index) => index).filter((index) => !called.includes(index));

/** Turns that are due now and still wanted, in their order. */
export const dueTurns = (walk: Walk, at: number): number[] =>
  uncalled(walk).filter((index) => {
    const due = dueAt(walk, index);
    const turn = walk.turns[index];
    return due !== null && due <= at && turn && (walk.answeredAt === null || !waits(turn));
  });

export const exhaustedAtLatest = (walk: Walk): number | null =>
  isWalking(walk) ? walk.startedAt + walk.patience + walk.shift : null;

/**
 * Until when the last ones it called have the time to answer: after a down-time they were called later than planned, and while
 * Slack was away they heard nothing of it.
 */
export function answerableUntil(incident: Incident, index: number): number {
  const { walks, calls } = incident.escalation;
  const { turns = [], patience = 0 } = walks[index] ?? {};
  const last = Math.max(0, ...turns.map(({ after }) => after));
  const made = calls
    .filter(({ walk }) => walk === index)
    .map(({ id, at, people }) =>
      seenAt(incident, at, [`call:${id}`, ...people.map(({ user }) => slotTo(user, `call:${id}`))]),
    );
  return Math.max(0, ...made) + patience - last;
}

/** The next turn that comes by itself, and when. */
export function nextTurn(walk: Walk): { index: number; at: number } | null {
  const next = uncalled(walk).flatMap((index) => {
    const at = dueAt(walk, index);
    const turn = walk.turns[index];
    return at !== null && turn && (walk.answeredAt === null || !waits(turn)) ? [{ index, at }] : [];
  });
  return next.toSorted((one, other) => one.at - other.at || one.index - other.index)[0] ?? null;
}

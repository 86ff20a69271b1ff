import type { Tier } from "./performer.ts";

/** Milliseconds since the epoch. */
type Instant = number;

/** What an effect uses up: calls of its method, posts to its channel. */
export interface Pace {
  method: string | null;
  lane: string | null;
}

export type TierOf = (method: string) => Tier;

/** A bucket that holds `burst` and gains one every `interval` milliseconds. */
interface Rate {
  interval: number;
  burst: number;
}

export interface Pause {
  from: Instant;
  until: Instant;
}

/** Where the buckets stand. A value: what changes it returns the next one. */
export interface Pacing {
  /** When each bucket will be full again; one that is missing is full. */
  readonly fullAt: ReadonlyMap<string, Instant>;
  /** By method. */
  readonly pauses: ReadonlyMap<string, Pause>;
}

export const unpaced: Pacing = { fullAt: new Map(), pauses: new Map() };

/**
 * One message a second to a channel, methods by their tier; "short bursts" are borne, without a number: these are small.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const laneRate: Rate = { interval: 1000, burst: 4 };
const tierRates: Record<Exclude<Tier, "special">, Rate> = {
  1: { interval: 60_000, burst: 1 },
  2: { interval: 3000, burst: 4 },
  3: { interval: 1200, burst: 8 },
  4: { interval: 600, burst: 16 },
};

/** The earliest instant at which an effect of this pace may start; `now` when it may at once. */
export function readyAt(pacing: Pacing, pace: Pace, tierOf: TierOf, now: Instant): Instant {
  const pause = pace.method === null ? undefined : pacing.pauses.get(pace.method);
  return Math.max(
    now,
    pause && isOn(pause, now) ? pause.until : now,
    ...limitsOf(pace, tierOf).map(
      ({ key, rate }) => fullAtOf(pacing, key, now) - (rate.burst - 1) * rate.interval,
    ),
  );
}

/** Uses up one start. */
export function take(pacing: Pacing, pace: Pace, tierOf: TierOf, now: Instant): Pacing {
  const fullAt = new Map([...pacing.fullAt].filter(([, at]) => at > now));
  for (const { key, rate } of limitsOf(pace, tierOf))
    fullAt.set(key, fullAtOf(pacing, key, now) + rate.interval);
  return { ...pacing, fullAt };
}

/** Obeys `Retry-After`. The method then starts with one call, not with a burst that earns the next pause. */
export function pauseMethod(pacing: Pacing, method: string, tierOf: TierOf, pause: Pause): Pacing {
  const pauses = new Map([...pacing.pauses].filter(([, other]) => isOn(other, pause.from)));
  const until = Math.max(pause.until, pauses.get(method)?.until ?? 0);
  pauses.set(method, { from: pause.from, until });
  const fullAt = new Map(pacing.fullAt);
  for (const { key, rate } of limitsOf({ method, lane: null }, tierOf))
    fullAt.set(key, until + (rate.burst - 1) * rate.interval);
  return { fullAt, pauses };
}

/** The clock was set back by `step` milliseconds: buckets fill on from where they stand. */
export const setBack = ({ fullAt, pauses }: Pacing, step: number): Pacing => ({
  fullAt: new Map([...fullAt].map(([key, at]) => [key, at - step])),
  pauses,
});

export const pausedMethods = (pacing: Pacing, now: Instant): { method: string; until: Instant }[] =>
  [...pacing.pauses]
    .filter(([, pause]) => isOn(pause, now))
    .map(([method, { until }]) => ({ method, until }));

/** A clock set back to before a pause ends it: nothing may wait for the whole step. */
export const isOn = ({ from, until }: Pause, now: Instant): boolean => from <= now && now < until;

function limitsOf({ method, lane }: Pace, tierOf: TierOf): { key: string; rate: Rate }[] {
  const tier = method === null ? "special" : tierOf(method);
  return [
    ...(lane === null ? [] : [{ key: `lane ${lane}`, rate: laneRate }]),
    ...(tier === "special" ? [] : [{ key: `method ${method}`, rate: tierRates[tier] }]),
  ];
}

const fullAtOf = ({ fullAt }: Pacing, key: string, now: Instant): Instant =>
  Math.max(fullAt.get(key) ?? now, now);

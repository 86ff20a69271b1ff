import type { Instant } from "./model.ts";

/**
 * How often a method may be called, per method, workspace and app; short bursts are borne.
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export type Tier = 1 | 2 | 3 | 4 | "special" | "posting";

export interface Rate {
  perMinute: number;
  burst: number;
}

// The page gives the rates and "short bursts" without a number. Tier 1's burst lets ten sockets open at once.
const TIERS: Record<1 | 2 | 3 | 4 | "special", Rate> = {
  1: { perMinute: 1, burst: 10 },
  2: { perMinute: 20, burst: 10 },
  3: { perMinute: 50, burst: 20 },
  4: { perMinute: 100, burst: 40 },
  special: { perMinute: 600, burst: 100 },
};

/** One message a second in each channel, and several hundred a minute in the whole workspace. */
const PER_CHANNEL: Rate = { perMinute: 60, burst: 4 };
const ALL_POSTS: Rate = { perMinute: 400, burst: 60 };

export interface Bucket {
  tokens: number;
  at: Instant;
}

/** A bucket fills with time up to its burst; `bucket` absent is a full one. */
function fill(bucket: Bucket | undefined, rate: Rate, now: Instant): Bucket {
  if (!bucket) return { tokens: rate.burst, at: now };
  const gained = (Math.max(0, now - bucket.at) * rate.perMinute) / 60_000;
  return { tokens: Math.min(rate.burst, bucket.tokens + gained), at: now };
}

/** Whole seconds, at least 1, until a token is there. */
function secondsUntilToken(bucket: Bucket, rate: Rate): number {
  return Math.max(1, Math.ceil(((1 - bucket.tokens) * 60) / rate.perMinute));
}

/** Counts calls in incident time; a refused call costs nothing. */
export class RateLimits {
  readonly #enabled: boolean;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: { enabled?: boolean } = {}) {
    this.#enabled = options.enabled ?? true;
  }

  /** @returns seconds for `Retry-After`, or undefined when the call may pass */
  take(method: string, tier: Tier, now: Instant, channel?: string): number | undefined {
    if (!this.#enabled) return undefined;
    const limits: [string, Rate][] =
      tier === "posting"
        ? [
            [`${method} ${channel ?? ""}`, PER_CHANNEL],
            [method, ALL_POSTS],
          ]
        : [[method, TIERS[tier]]];
    const filled = limits.map(([key, rate]) => ({
      key,
      rate,
      bucket: fill(this.#buckets.get(key), rate, now),
    }));
    const empty = filled.filter(({ bucket }) => bucket.tokens < 1);
    if (empty.length > 0)
      return Math.max(...empty.map(({ bucket, rate }) => secondsUntilToken(bucket, rate)));
    for (const { key, bucket } of filled) this.#buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 });
    return undefined;
  }
}

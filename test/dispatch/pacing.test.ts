import { expect, test } from "vitest";
import {
  type Pace,
  type Pacing,
  pausedMethods,
  pauseMethod,
  readyAt,
  setBack,
  take,
  unpaced,
} from "../../src/dispatch/pacing.ts";
import type { Tier } from "../../src/dispatch/performer.ts";

const tiers: Record<string, Tier> = {
  "apps.connections.open": 1,
  "conversations.create": 2,
  "chat.update": 3,
  "users.info": 4,
};
const tierOf = (method: string): Tier => tiers[method] ?? "special";
const start = Date.UTC(2024, 1, 15, 14, 30);

/** Starts as many as it may, one after the other as early as allowed, and says when, in ms after the first. */
function starts(pace: Pace, count: number, from: Pacing = unpaced, at = start): number[] {
  let pacing = from;
  let now = at;
  return Array.from({ length: count }, () => {
    now = readyAt(pacing, pace, tierOf, now);
    pacing = take(pacing, pace, tierOf, now);
    return now - at;
  });
}

const posting = (lane: string): Pace => ({ method: "chat.postMessage", lane });
const calling = (method: string): Pace => ({ method, lane: null });

test("a channel takes four posts at once and then one a second", () => {
  expect(starts(posting("C1"), 7)).toEqual([0, 0, 0, 0, 1000, 2000, 3000]);
});

test("a channel that rested has its burst again, and no more than that", () => {
  let pacing = unpaced;
  for (let i = 0; i < 4; i++) pacing = take(pacing, posting("C1"), tierOf, start);
  expect(starts(posting("C1"), 5, pacing, start + 3_600_000)).toEqual([0, 0, 0, 0, 1000]);
});

test("a full channel holds back nothing in another", () => {
  let pacing = unpaced;
  for (let i = 0; i < 4; i++) pacing = take(pacing, posting("C1"), tierOf, start);
  expect(readyAt(pacing, posting("C1"), tierOf, start)).toBe(start + 1000);
  expect(readyAt(pacing, posting("C2"), tierOf, start)).toBe(start);
});

test.each([
  ["apps.connections.open", 1, 60_000],
  ["conversations.create", 4, 3000],
  ["chat.update", 8, 1200],
  ["users.info", 16, 600],
])("%s starts %i at once, then one every %i ms", (method, burst, interval) => {
  const all = starts(calling(method), burst + 2);
  expect(all.slice(0, burst)).toEqual(Array.from({ length: burst }, () => 0));
  expect(all.slice(burst)).toEqual([interval, 2 * interval]);
});

test("a method of its own tier, and an effect without a method, are not paced", () => {
  expect(starts(calling("chat.postMessage"), 500).at(-1)).toBe(0);
  expect(starts({ method: null, lane: null }, 500).at(-1)).toBe(0);
});

test("Retry-After holds back its method alone, then lets it start singly", () => {
  const pacing = pauseMethod(unpaced, "chat.update", tierOf, { from: start, until: start + 30_000 });
  expect(pausedMethods(pacing, start)).toEqual([{ method: "chat.update", until: start + 30_000 }]);
  expect(readyAt(pacing, calling("users.info"), tierOf, start)).toBe(start);
  expect(starts(calling("chat.update"), 3, pacing)).toEqual([30_000, 31_200, 32_400]);
  expect(pausedMethods(pacing, start + 30_000)).toEqual([]);
});

test("a shorter Retry-After does not cut a longer one short", () => {
  const long = pauseMethod(unpaced, "chat.update", tierOf, { from: start, until: start + 30_000 });
  const both = pauseMethod(long, "chat.update", tierOf, { from: start + 10, until: start + 5000 });
  expect(readyAt(both, calling("chat.update"), tierOf, start + 20)).toBe(start + 30_000);
});

test("a clock set back by an hour delays nothing, and lets nothing go sooner", () => {
  const step = 3_600_000;
  let pacing = pauseMethod(unpaced, "chat.update", tierOf, { from: start, until: start + 30_000 });
  for (let i = 0; i < 4; i++) pacing = take(pacing, posting("C1"), tierOf, start);
  pacing = setBack(pacing, step);
  expect(starts(posting("C1"), 3, pacing, start - step)).toEqual([1000, 2000, 3000]);
  expect(starts(calling("chat.update"), 2, pacing, start - step)).toEqual([30_000, 31_200]);
});

test("buckets that are full again are forgotten", () => {
  let pacing = unpaced;
  for (let i = 0; i < 1000; i++) pacing = take(pacing, posting(`C${i}`), tierOf, start + i * 2000);
  expect(pacing.fullAt.size).toBe(1);
});

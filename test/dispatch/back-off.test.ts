import fc from "fast-check";
import { expect, test } from "vitest";
import { backOff } from "../../src/dispatch/back-off.ts";

test("the wait doubles from a second and stops at a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 500].map((attempts) => backOff(attempts))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test("the wait is never under four fifths of its step and never over a minute, whatever the row", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(), (attempts, id) => {
      const full = backOff(attempts);
      const wait = backOff(attempts, id);
      expect(wait).toBeGreaterThanOrEqual(full * 0.8 - 1);
      expect(wait).toBeLessThanOrEqual(full);
      expect(backOff(attempts, id)).toBe(wait);
    }),
  );
});

test("rows that failed together come back at different instants", () => {
  const waits = new Set(Array.from({ length: 50 }, (_, id) => backOff(7, id + 1)));
  expect(waits.size).toBeGreaterThan(45);
});

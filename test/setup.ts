import fc from "fast-check";
import { afterAll, beforeAll, expect } from "vitest";

/** Fixed, so that a run repeats; `npm run verify` gives another and prints it. */
const seed = Number(process.env.FC_SEED ?? 20_260_215);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

const watched = ["TCPServerWrap", "Timeout", "ChildProcess"];
const heldNow = () => process.getActiveResourcesInfo().filter((kind) => watched.includes(kind));

let heldBefore: string[] = [];

beforeAll(() => {
  heldBefore = heldNow();
});

// Files share a worker, so what one leaves behind would be the next one's trouble.
afterAll(async () => {
  let held = heldNow();
  // Vitest's own timers, by which it reports, are short ones.
  const until = performance.now() + 1000;
  while (held.length > heldBefore.length && performance.now() < until) {
    await new Promise((resolve) => setImmediate(resolve));
    held = heldNow();
  }
  expect(held.length <= heldBefore.length ? [] : held, "timers, servers or processes left behind").toEqual(
    [],
  );
});

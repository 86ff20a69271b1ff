import fc from "fast-check";
import { expect, it } from "vitest";
import { story } from "./alarm-acts.ts";
import { AlarmWorld } from "./alarm-world.ts";

// `npm run verify` takes 1,000.
const numRuns = Number(process.env["ALARM_RUNS"] ?? 100);

it(
  "whatever happens, no reminder is missed, early, double, or after the resolution",
  { timeout: 600_000 },
  async () => {
    let reminders = 0;
    await fc.assert(
      fc.asyncProperty(story, async (imagined) => {
        const played = await AlarmWorld.play(imagined);
        reminders += played.reminders;
        expect(played.complaints).toEqual([]);
      }),
      { numRuns, endOnFailure: true },
    );
    // Stories in which nobody is ever reminded would prove nothing.
    expect(reminders).toBeGreaterThan(numRuns);
  },
);

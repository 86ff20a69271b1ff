import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { differences } from "./normal-form.ts";
import { live, stories, ways } from "./storm-story.ts";
import { Weather } from "./storm-weather.ts";

/** `npm run verify` asks for ten thousand, and for two thousand by a random seed. */
const wanted = Number(process.env["STORM_FAULTS"] ?? 1000);
/** A story meets some 200; fewer are counted upon. */
const each = 140;

describe("whatever Slack, the network and the disk do with what people do", () => {
  let faults = 0;
  afterAll(() => expect(faults, "faults that were met").toBeGreaterThanOrEqual(wanted));

  it(
    "each act has its effect once, and the record is complete",
    async () => {
      await fc.assert(
        fc.asyncProperty(stories, ways, fc.nat(), async (story, way, seed) => {
          const weather = new Weather(seed);
          const [calm, storm] = [await live(story, way), await live(story, way, weather)];
          faults += weather.faults;
          expect(differences(calm, storm)).toEqual([]);
        }),
        // A story is long; its seed and path, which are printed, tell it again.
        { numRuns: Math.ceil(wanted / each), endOnFailure: true },
      );
    },
    30_000 + wanted * 100,
  );
});

import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type BreakerOptions, type Disturbance, isConflict } from "./breaker.ts";
import { type DisturbedWorld, disturbedWorld } from "./disturbed-world.ts";
import { differences, normalForm } from "./normal-form.ts";
import { isThorough, type Point, pointsOf, sampled, seed } from "./points.ts";
import type { World, WorldOptions } from "./world.ts";

/** What happens to an incident, in a world whose Sitrep may be disturbed at any moment. */
export interface Story {
  options: WorldOptions;
  tell: (disturbed: DisturbedWorld) => Promise<void>;
}

interface Told {
  moments: readonly string[];
  /** The moment at which it was disturbed, once it was. */
  met: string | undefined;
  /** What stands in the end, in normal form. */
  stands: string[];
  /** Types of the effects that were done at least once. */
  done: Set<string>;
}

export async function told(
  { options, tell }: Story,
  how: BreakerOptions,
  begin = disturbedWorld,
): Promise<Told> {
  await using disturbed = await begin(how, options);
  const { world } = disturbed;
  await tell(disturbed);
  await world.ws.settle();
  const store = await disturbed.store();
  const stands = await normalForm({ ws: world.ws, store, rules: world.config().rules });
  return {
    moments: disturbed.moments,
    met: disturbed.met(),
    stands,
    done: doneIn(world),
  };
}

/** However slow the machine. */
const patience = 300_000;

interface MatrixOptions {
  /** Points of each disturbance, unless more are asked for. */
  few: number;
  begin?: typeof disturbedWorld;
  /** Points that are taken besides, where more are asked for. */
  besides?: (moments: readonly string[]) => Point[];
}

/** Tells the story once for each point, and compares how it ends. */
export function describeMatrix(
  what: string,
  story: Story,
  some: readonly Disturbance[],
  { few, begin = disturbedWorld, besides = () => [] }: MatrixOptions,
): void {
  describe(`the story of ${what}`, async () => {
    const undisturbed = await told(story, {});
    // A process of its own lives other moments, of which those come surely that do not depend on how inputs meet.
    const lived =
      begin === disturbedWorld
        ? undisturbed.moments
        : (await told(story, {}, begin)).moments.filter((moment) => !isConflict(moment));
    const all = some.map((disturbance) => pointsOf(lived, disturbance));
    const drawn = all.flatMap((each) => sampled(each, few));
    const points = new Map(
      [...(isThorough ? besides(lived) : []), ...drawn].map((point) => [
        `${point.disturbance} ${point.at}`,
        point,
      ]),
    );
    const total = all.flat().length;

    describe(`at ${points.size} of its ${total} points, CRASH_SEED=${seed},`, () => {
      const options = { timeout: patience, concurrent: begin !== disturbedWorld };
      // Not by `it.for`, which would shorten names.
      for (const point of points.values())
        it(`${point.disturbance} ${point.at}: ends as it would have`, options, async () => {
          const { stands, met } = await told(story, point, begin);
          expect(met ?? "none: the moment that was asked for did not come").toBe(point.at);
          expect(differences(undisturbed.stands, stands)).toEqual([]);
        });
    });
  });
}

interface Checked {
  moments: readonly string[];
  /** What is not as it should be. */
  odd: string[];
}

/** Tells a story that knows itself how it must end, once for each of the `few` points at which it is killed. */
export function describeKills(what: string, tell: (at?: string) => Promise<Checked>, few: number): void {
  describe(`the story of ${what}`, async () => {
    const undisturbed = await tell();
    const all = pointsOf(undisturbed.moments, "killed");
    const points = sampled(all, few);

    it("ends well when it is not killed at all", () => {
      expect(undisturbed.odd).toEqual([]);
    });

    describe(`at ${points.length} of its ${all.length} points, CRASH_SEED=${seed},`, () => {
      for (const { at } of points)
        it(`killed ${at}: ends well`, { timeout: patience }, async () => {
          const { odd, moments } = await tell(at);
          expect(moments.at(-1)).toBe(at);
          expect(odd).toEqual([]);
        });
    });
  });
}

const rowsSchema = z.array(z.object({ type: z.string() }));

function doneIn({ folder }: World): Set<string> {
  const database = new Database(join(folder, "sitrep.db"), { readonly: true });
  try {
    const rows = database.prepare("select distinct type from outbox where state = 'done'").all();
    return new Set(rowsSchema.parse(rows).map(({ type }) => type));
  } finally {
    database.close();
  }
}

import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { BreakerOptions, Disturbance } from "./breaker.ts";
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
  /** Whether the moment came at which it was to be. */
  isDisturbed: boolean;
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
    isDisturbed: disturbed.isDisturbed(),
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
  besides?: (points: readonly Point[]) => Point[];
}

/** Tells the story once for each point, and compares how it ends. */
export function describeMatrix(
  what: string,
  story: Story,
  some: readonly Disturbance[],
  { few, begin = disturbedWorld, besides = () => [] }: MatrixOptions,
): void {
  describe(`the story of ${what}`, async () => {
    const undisturbed = await told(story, { at: Infinity });
    const all = some.map((disturbance) => pointsOf(undisturbed.moments, disturbance));
    const drawn = all.flatMap((each) => sampled(each, few));
    const points = new Set([...(isThorough ? besides(all.flat()) : []), ...drawn]);
    const total = all.flat().length;

    describe(`at ${points.size} of its ${total} points, CRASH_SEED=${seed},`, () => {
      it.for([...points])(
        "$disturbance at moment $at, $moment, ends as it would have",
        { timeout: patience, concurrent: begin !== disturbedWorld },
        async (point) => {
          const { stands, isDisturbed } = await told(story, point, begin);
          expect(isDisturbed).toBe(true);
          expect(differences(undisturbed.stands, stands)).toEqual([]);
        },
      );
    });
  });
}

interface Checked {
  moments: readonly string[];
  /** What is not as it should be. */
  odd: string[];
}

/** Tells a story that knows itself how it must end, once for each of the `few` points at which it is killed. */
export function describeKills(what: string, tell: (at: number) => Promise<Checked>, few: number): void {
  describe(`the story of ${what}`, async () => {
    const undisturbed = await tell(Infinity);
    const all = pointsOf(undisturbed.moments, "killed");
    const points = sampled(all, few);

    it("ends well when it is not killed at all", () => {
      expect(undisturbed.odd).toEqual([]);
    });

    describe(`at ${points.length} of its ${all.length} points, CRASH_SEED=${seed},`, () => {
      it.for(points)("killed at moment $at, $moment, ends well", { timeout: patience }, async ({ at }) => {
        expect((await tell(at)).odd).toEqual([]);
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

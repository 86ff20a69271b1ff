import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { BreakerOptions, Disturbance } from "./breaker.ts";
import { type DisturbedWorld, disturbedWorld } from "./disturbed-world.ts";
import { differences, normalForm } from "./normal-form.ts";
import { pointsOf, sampled, seed } from "./points.ts";
import type { World, WorldOptions } from "./world.ts";

/** What happens to an incident, in a world whose Sitrep may be disturbed at any moment. */
export interface Story {
  options: WorldOptions;
  tell: (disturbed: DisturbedWorld) => Promise<void>;
}

interface Told {
  moments: readonly string[];
  /** What stands in the end, in normal form. */
  stands: string[];
  /** Types of the effects that were done at least once. */
  done: Set<string>;
}

export async function told({ options, tell }: Story, how: BreakerOptions): Promise<Told> {
  const disturbed = await disturbedWorld(how, options);
  await using world = disturbed.world;
  await tell(disturbed);
  const stands = await normalForm({
    ws: world.ws,
    store: world.app.store,
    rules: world.config().rules,
  });
  return { moments: disturbed.moments, stands, done: doneIn(world) };
}

/** Tells the story once for each point, `few` of each disturbance unless more are asked for, and compares how it ends. */
export function describeMatrix(what: string, story: Story, some: readonly Disturbance[], few: number): void {
  describe(`the story of ${what}`, async () => {
    const undisturbed = await told(story, { at: Infinity });
    const all = some.map((disturbance) => pointsOf(undisturbed.moments, disturbance));
    const points = all.flatMap((each) => sampled(each, few));
    const total = all.flat().length;

    describe(`at ${points.length} of its ${total} points, CRASH_SEED=${seed},`, () => {
      it.each(points)("$disturbance at moment $at, $moment, ends as it would have", async (point) => {
        const { stands } = await told(story, point);
        expect(differences(undisturbed.stands, stands)).toEqual([]);
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

import { describe, expect, it } from "vitest";
import { killedStory, oddities } from "./killed-story.ts";

async function afterKillAt(at: number): Promise<{ odd: string[]; moments: string[] }> {
  const { world, moments } = await killedStory(at);
  await using _ = world;
  return { odd: await oddities(world), moments };
}

// Each moment is a whole incident. Runs with another seed take other ones; KILL_EVERY=1 takes them all.
const every = Number(process.env["KILL_EVERY"] ?? 3);
const seed = Number(process.env["FC_SEED"] ?? 0);

/** Kills an incident's Sitrep at moments of the kind, once each; several files share the moments, and so the cores. */
export function describeKills(kind: string, isOfKind: (moment: string) => boolean): void {
  describe(`an incident whose Sitrep is killed ${kind}`, async () => {
    const undisturbed = await afterKillAt(Infinity);
    const all = [...undisturbed.moments.entries()].filter(([, moment]) => isOfKind(moment));
    const moments = all.filter((_, index) => index % every === seed % every);

    it("is whole when it is not killed at all", () => {
      expect(undisturbed.odd).toEqual([]);
    });

    it("has such moments", () => {
      expect(all.length).toBeGreaterThan(40);
    });

    it.each(moments)("at moment %d, %s, is whole and single after the next start", async (at) => {
      expect((await afterKillAt(at)).odd).toEqual([]);
    });
  });
}

/** The others are calls to Slack. */
export const isOfStore = (moment: string): boolean => /^\w+ (?:commit|claim|freeLeases)$/.test(moment);

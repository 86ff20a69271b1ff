import { describe, expect, it } from "vitest";
import { killedStory, oddities } from "./killed-story.ts";

async function oddAfterKillAt(at: number): Promise<{ odd: string[]; moments: string[] }> {
  const { world, moments } = await killedStory(at);
  await using _ = world;
  return { odd: await oddities(world), moments };
}

describe("an incident whose Sitrep is killed", async () => {
  const undisturbed = await oddAfterKillAt(Infinity);

  it("is whole when it is not killed at all", () => {
    expect(undisturbed.odd).toEqual([]);
  });

  it.each(undisturbed.moments.map((moment, at) => [at, moment] as const))(
    "at moment %d, %s, is whole and single after the next start",
    async (at) => {
      expect((await oddAfterKillAt(at)).odd).toEqual([]);
    },
  );
});

import type { Seen } from "../../src/workspace/interactions.ts";
import { Breaker } from "./breaker.ts";
import { World, type WorldOptions } from "./world.ts";

/** A world whose Sitrep is killed at moment `at` and started again. */
export interface KilledWorld {
  world: World;
  moments: string[];
  /** Does what may be cut short by the killing; undefined when it was. */
  live: <Result>(work: () => Promise<Result>) => Promise<Result | undefined>;
  /** As people act: whoever saw an error looks, and repeats what did not get through. */
  insist: (act: () => Promise<Seen>, isDone: () => boolean) => Promise<void>;
}

export async function killedWorld(at: number, options: WorldOptions = {}): Promise<KilledWorld> {
  const breaker = new Breaker(at);
  const world = await World.open({
    start: "2024-02-15T14:36:00Z",
    app: { concurrency: 1 },
    ...options,
    started: false,
  });
  const { ws } = world;
  const killed = new AbortController();
  let restarted = false;

  async function live<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (restarted) return work();
    const working = work().catch((error: unknown) => {
      if (!breaker.dead) throw error;
      return undefined;
    });
    await Promise.race([working, breaker.tripped]);
    if (!breaker.dead) return working;
    restarted = true;
    killed.abort();
    await world.stopApp(0);
    const result = await working;
    // It may have been killed while it was starting, and have started all the same.
    await world.stopApp(0);
    await world.startApp();
    // Slack repeats after a minute what nobody acknowledged.
    await ws.clock.advance("61s");
    return result;
  }
  const insist = async (act: () => Promise<Seen>, isDone: () => boolean) => {
    const seen = await live(act);
    await live(() => ws.settle());
    if (!seen?.ok && !isDone()) await live(act);
    await live(() => ws.settle());
  };
  await live(() =>
    world.startApp({ fetch: breaker.fetch, aroundStore: breaker.aroundStore, signal: killed.signal }),
  );
  return { world, moments: breaker.moments, live, insist };
}

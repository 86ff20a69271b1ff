import type { Seen } from "../../src/workspace/interactions.ts";
import { Breaker, type BreakerOptions } from "./breaker.ts";
import { World, type WorldOptions } from "./world.ts";

/** A world whose Sitrep meets one disturbance; a killed one is started again. */
export interface DisturbedWorld {
  world: World;
  moments: readonly string[];
  /** Does what may be cut short by the killing; undefined when it was. */
  live: <Result>(work: () => Promise<Result>) => Promise<Result | undefined>;
  /** As people act: whoever saw an error looks, and repeats what did not get through. */
  insist: (act: () => Promise<Seen>, isDone: () => boolean) => Promise<void>;
  /** On to this instant, also where a killing cuts the way short. */
  until: (instant: string) => Promise<void | undefined>;
}

export async function disturbedWorld(
  how: BreakerOptions,
  options: WorldOptions = {},
): Promise<DisturbedWorld> {
  const breaker = new Breaker(how);
  const world = await World.open({
    start: "2024-02-15T14:36:00Z",
    app: { concurrency: 1 },
    ...options,
    started: false,
  });
  const { ws } = world;
  const killed = new AbortController();
  void breaker.tripped.then(() => killed.abort());
  const runsAgain = Promise.withResolvers<void>();
  let restarted = false;
  // Time stands still from the killing to the next start: a supervisor is quick.
  ws.clock.join({
    isIdle: () => !breaker.dead || restarted,
    idle: () => (breaker.dead ? runsAgain.promise : Promise.resolve()),
  });

  async function restart(): Promise<void> {
    await world.stopApp(0);
    await world.startApp();
    restarted = true;
    runsAgain.resolve();
  }

  async function live<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (restarted) return work();
    const working = work().catch((error: unknown) => {
      if (!breaker.dead) throw error;
      return undefined;
    });
    await Promise.race([working, breaker.tripped]);
    if (!breaker.dead) return working;
    await restart();
    const result = await working;
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
  const until = (instant: string) => live(() => ws.clock.advanceTo(instant));

  try {
    await world.startApp({ fetch: breaker.fetch, aroundStore: breaker.aroundStore, signal: killed.signal });
  } catch (error) {
    if (!breaker.dead) throw error;
  }
  if (breaker.dead) await restart();
  return { world, moments: breaker.moments, live, insist, until };
}

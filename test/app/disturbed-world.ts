import type { Store } from "../../src/store/port.ts";
import { Breaker, type BreakerOptions } from "./breaker.ts";
import { type Survival, survival } from "./survival.ts";
import { World, type WorldOptions } from "./world.ts";

/** A world whose Sitrep meets one disturbance; a killed one is started again. */
export interface DisturbedWorld extends Survival, AsyncDisposable {
  world: World;
  store: () => Promise<Store>;
  /** What happened before it was killed. */
  moments: readonly string[];
  /** The moment at which it was disturbed, once it was. */
  met: () => string | undefined;
}

const usual: WorldOptions = { start: "2024-02-15T14:36:00Z", app: { concurrency: 1 } };

export async function disturbedWorld(
  how: BreakerOptions,
  options: WorldOptions = {},
): Promise<DisturbedWorld> {
  const world = await World.open({ ...usual, ...options, started: false });
  const { ws } = world;
  // The dead acknowledge nothing: what is on its way to them fails, and what comes later finds nobody.
  const die = () => {
    ws.requestUrl = undefined;
    ws.deliveries.giveUp();
  };
  const breaker = new Breaker({ ...how, die });
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

  try {
    await world.startApp({ fetch: breaker.fetch, aroundStore: breaker.aroundStore, signal: killed.signal });
  } catch (error) {
    if (!breaker.dead) throw error;
  }
  const early = breaker.dead;
  if (early) await restart();
  const fate = { isDead: () => breaker.dead && !early, died: breaker.tripped, restart };
  return {
    world,
    moments: breaker.moments,
    met: () => breaker.met,
    store: async () => world.app.store,
    ...survival(ws, fate),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

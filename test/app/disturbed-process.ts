import { wireNow, wireSleep } from "../../src/clock.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import type { BreakerOptions } from "./breaker.ts";
import type { DisturbedWorld } from "./disturbed-world.ts";
import { ClockedProcess } from "./clocked-process.ts";
import { survival } from "./survival.ts";
import { World, type WorldOptions } from "./world.ts";

/** As `disturbedWorld`, of a `sitrep start` in a process of its own that ends by `kill -9`. */
export async function disturbedProcess(
  { at }: BreakerOptions,
  options: WorldOptions = {},
): Promise<DisturbedWorld> {
  const world = await World.open({ start: "2024-02-15T14:36:00Z", ...options, started: false });
  const { ws } = world;
  const undo = new AsyncDisposableStack();
  undo.use(world);
  const launch = (moment?: string) =>
    new ClockedProcess(ws, { cwd: world.folder, env: world.env(), at: moment });
  const first = launch(at);
  let current = first;
  undo.defer(() => current.end());
  const runsAgain = Promise.withResolvers<void>();

  const serve = async (child: ClockedProcess) => {
    ws.requestUrl = `http://127.0.0.1:${await child.ready}/slack/events`;
  };
  const restart = async () => {
    await first.closed;
    if (first.signal !== "SIGKILL") throw new Error(`It was not killed but ended: ${first.err}`);
    current = launch();
    await serve(current);
    runsAgain.resolve();
  };
  undo.defer(
    ws.clock.join({
      isIdle: () => current.isIdle(),
      async idle() {
        do {
          await current.idle();
          if (!first.runs) await runsAgain.promise;
          if (current !== first && !current.runs) throw new Error(`Sitrep ended by itself: ${current.err}`);
        } while (!current.isIdle());
      },
    }),
  );
  await serve(first).catch((error: unknown) => {
    if (first.runs) throw error;
  });
  const early = !first.runs;
  if (early) await restart();
  const fate = { isDead: () => !first.runs && !early, died: first.closed, restart };
  return {
    world,
    moments: first.moments,
    met: () => (first.signal === "SIGKILL" ? first.moments.at(-1) : undefined),
    store: async () =>
      undo.use(
        await openSqliteStore({
          path: world.config().database,
          serve: false,
          wireNow,
          sleep: wireSleep,
        }),
      ),
    ...survival(ws, fate),
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  };
}

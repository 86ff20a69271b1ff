import type { Seen } from "../../src/workspace/interactions.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";

/** What may become of a Sitrep, and how it is started again; time stands still in between. */
export interface Fate {
  isDead: () => boolean;
  /** Resolves when it dies. */
  died: Promise<unknown>;
  restart: () => Promise<void>;
}

/** What people do while their Sitrep may be killed once. */
export interface Survival {
  /** Does what may be cut short by the killing; undefined when it was. */
  live: <Result>(work: () => Promise<Result>) => Promise<Result | undefined>;
  /** As people act: whoever saw an error looks, and repeats what did not get through. */
  insist: (act: () => Promise<Seen>, isDone: () => boolean) => Promise<void>;
  /** On to this instant, also where a killing cuts the way short. */
  until: (instant: string) => Promise<void | undefined>;
}

export function survival(ws: Workspace, { isDead, died, restart }: Fate): Survival {
  let restarted = false;
  async function live<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (restarted) return work();
    const working = work().catch((error: unknown) => {
      if (!isDead()) throw error;
      return undefined;
    });
    await Promise.race([working, died]);
    if (!isDead()) return working;
    restarted = true;
    await restart();
    const result = await working;
    // Slack repeats after a minute what nobody acknowledged.
    await ws.clock.advance("61s");
    return result;
  }
  return {
    live,
    async insist(act, isDone) {
      if (isDone()) throw new Error(`Nobody could tell whether this was done: ${act.toString()}`);
      const seen = await live(act);
      await live(() => ws.settle());
      if (!seen?.ok && !isDone()) await live(act);
      await live(() => ws.settle());
    },
    until: (instant) => live(() => ws.clock.advanceTo(instant)),
  };
}

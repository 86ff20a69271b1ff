import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/port.ts";
import { outboxContract } from "./outbox-contract.ts";
import { recordContract } from "./record-contract.ts";

/** Opens an empty store whose leases are held against `wireNow`. */
export type OpenStore = (wireNow: () => number) => Promise<Store>;

/** A store under test, and its wire clock. */
export interface Bench {
  store: Store;
  wire: { now: number };
}

/** What every implementation of `store/port.ts` promises. */
export function storeContract(where: string, open: OpenStore): void {
  describe(`a store ${where}`, () => {
    const wire = { now: 0 };
    let opened: Store | undefined;
    const bench: Bench = {
      wire,
      get store() {
        if (!opened) throw new Error("no store is open");
        return opened;
      },
    };

    beforeEach(async () => {
      wire.now = 1_000_000;
      opened = await open(() => wire.now);
    });

    afterEach(async () => {
      await opened?.[Symbol.asyncDispose]();
      opened = undefined;
    });

    recordContract(bench);
    outboxContract(bench);

    it("answers what was begun before it is closed, and refuses what comes after", async () => {
      const { store } = bench;
      const begun = store.commit({ at: 1, meta: { a: "1" } });
      expect(store.pendingCommits).toBe(1);
      await store[Symbol.asyncDispose]();
      await expect(begun).resolves.toEqual({ kind: "committed" });
      await expect(store.commit({ at: 2 })).rejects.toThrow("closed");
      await expect(store.meta("a")).rejects.toThrow("closed");
    });
  });
}

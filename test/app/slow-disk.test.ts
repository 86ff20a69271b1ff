import { describe, expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { slowed } from "./around-store.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

/** An incident on a disk that keeps what it is asked, reads and commits, until it is let go. */
async function declared(transport: "http" | "socket") {
  let gate: Promise<void> | undefined;
  const world = await World.open({
    transport,
    app: {
      aroundStore: (store) => slowed(store, async () => gate),
      wire: { ackBudget: 30 },
    },
  });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const letGo = () => {
      gate = undefined;
      resolve();
    };
    // A test that fails in between must end, too.
    return Object.assign(letGo, { [Symbol.dispose]: letGo });
  };
  return { world, alice: world.as("alice").in(`#${channel}`), hold };
}

describe.each(["http", "socket"] as const)(
  "over %s, on a disk that is slower than Slack is patient",
  (transport) => {
    it("a form that turns out wrong comes back with all that was typed and chosen, and is taken when it is put right", async () => {
      const { world, alice, hold } = await declared(transport);
      await using _ = world;
      const { ws } = world;
      await alice.clicks("Update");
      await alice.fills({
        Impact: "15 % of checkouts fail",
        "Current action": "Rolling back",
        "Next update (UTC)": "25:61",
      });
      await alice.fills({ Status: "MITIGATING" });
      using open = hold();
      await alice.submits();
      expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("Still saving");
      open();
      await ws.settle();
      expect(alice.modal()?.values).toMatchObject({
        Impact: "15 % of checkouts fail",
        "Current action": "Rolling back",
        "Next update (UTC)": "25:61",
        Status: "MITIGATING",
      });
      expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("Not saved. Next update (UTC): ");
      expect((await world.app.store.incident(1))?.updates).toHaveLength(1);
      await alice.fills({ "Next update (UTC)": "15:30" });
      expect((await alice.submits()).ok).toBe(true);
      expect(await world.transcript(channel)).toMatch(/Update 2 ·[\s\S]*Current action: Rolling back/);
      expect(await aftermath(world)).toEqual([]);
    });
  },
);

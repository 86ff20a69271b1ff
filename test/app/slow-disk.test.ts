import { describe, expect, it } from "vitest";
import { wireNow } from "../../src/clock.ts";
import { currentText } from "../../src/domain/record.ts";
import { StoreFault } from "../../src/store/fault.ts";
import { aftermath } from "./aftermath.ts";
import { slowed, withCommit } from "./around-store.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;
const full = () => new StoreFault("full", "There is no space left.");

const patiently = { timeout: 20_000 };
/** Wire milliseconds: what is held back is late, what is not is in time on a busy machine, too. */
const ackBudget = 400;
const lateByNow = async () => {
  const since = wireNow();
  await expect.poll(wireNow, patiently).toBeGreaterThan(since + ackBudget);
};

/** A disk that keeps what it is given to do until it is let go, or fails it then. */
function disk() {
  let gate: PromiseWithResolvers<void> | undefined;
  let met = Promise.withResolvers<void>();
  return {
    wait: async () => {
      met.resolve();
      await gate?.promise;
    },
    /** Disposed of, it lets go: whatever a test expected in vain meanwhile, its world can end. */
    hold: () => {
      const held = Promise.withResolvers<void>();
      held.promise.catch(() => {});
      met = Promise.withResolvers();
      gate = held;
      const over = (end: () => void) => {
        if (gate === held) gate = undefined;
        end();
      };
      return {
        met: met.promise,
        letGo: () => over(held.resolve),
        fail: () => over(() => held.reject(full())),
        [Symbol.dispose]: () => over(held.resolve),
      };
    },
  };
}

async function declared(transport: "http" | "socket", slow: "commits" | "reads and commits" = "commits") {
  const { wait, hold } = disk();
  const world = await World.open({
    transport,
    // It counts what comes.
    once: true,
    app: {
      aroundStore: (store) =>
        slow === "commits"
          ? withCommit(store, async (write) => {
              await wait();
              return store.commit(write);
            })
          : slowed(store, wait),
      wire: { ackBudget },
    },
  });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const alice = world.as("alice").in(`#${channel}`);
  await alice.says("any news?");
  await world.ws.settle();
  /** How the tries of the first event of this type ended that came after so many tries. */
  const tries = (type: string, from: number) => {
    const later = world.ws.deliveries.log.slice(from);
    const first = later.find((each) => each.type === type);
    return later.flatMap(({ id, outcome }) => (id === first?.id ? [outcome] : []));
  };
  const bodies = async () => (await world.app.store.messages(1)).map((each) => currentText(each)?.body);
  return { world, alice, hold, tries, bodies };
}

describe.each(["http", "socket"] as const)(
  "over %s, on a disk that is slower than Slack is patient",
  (transport) => {
    it.each(["at last holds it", "at last fails"])(
      "a message, a mark and a mention stay unacknowledged while it %s, come again, and are on record once",
      async (ending) => {
        const { world, alice, hold, tries, bodies } = await declared(transport);
        await using _ = world;
        const { ws, app } = world;
        const acts = {
          message: () => alice.says("Found it"),
          reaction_added: () => alice.reacts("pushpin", "any news?"),
          app_mention: () => alice.replies("any news?", "@sitrep log 14:30 Deployed"),
        };
        for (const [type, act] of Object.entries(acts)) {
          const from = ws.deliveries.log.length;
          using slow = hold();
          await act();
          await slow.met;
          // Slack gives up, asks again at once, and gives up again; the bot has given it up each time before.
          await lateByNow();
          const givenUp = () => {
            ws.deliveries.giveUp();
            return tries(type, from).length;
          };
          await expect.poll(givenUp, patiently).toBe(2);
          await lateByNow();
          expect(tries(type, from)).toEqual(["http_timeout", "http_timeout"]);
          if (ending === "at last fails") slow.fail();
          else slow.letGo();
          await ws.clock.advance("10m");
          expect(tries(type, from)).toEqual(["http_timeout", "http_timeout", "acknowledged"]);
        }
        expect(await aftermath(world)).toEqual([]);
        expect(await bodies()).toEqual([
          "any news?",
          "Found it",
          expect.stringContaining("log 14:30 Deployed"),
        ]);
        const [asked] = await app.store.messages(1);
        expect(asked?.marks).toHaveLength(1);
        expect((await app.store.incident(1))?.entries).toHaveLength(1);
        expect(count(await world.transcript(channel), "Logged for INC-1")).toBe(1);
      },
    );

    it("a command is asked not to be repeated, and whoever repeats it reads what came of each, once", async () => {
      const { world, alice, hold } = await declared(transport);
      await using _ = world;
      const before = alice.sees().length;
      {
        using slow = hold();
        await world.unwaited(async () => {
          for (let times = 0; times < 2; times++) {
            const { answer } = await alice.types("/incident status mitigating");
            expect(answer).toMatch(/^Still saving. Please do not repeat it/);
          }
        });
        expect((await world.app.store.incident(1))?.status).not.toBe("MITIGATING");
        slow.letGo();
      }
      expect(await aftermath(world)).toEqual([]);
      const [, , ...outcomes] = alice.sees().slice(before);
      expect(outcomes).toEqual([
        expect.stringContaining("INC-1 is MITIGATING: update 2 says so"),
        expect.stringContaining("INC-1 is MITIGATING already"),
      ]);
      expect((await world.app.store.incident(1))?.status).toBe("MITIGATING");
    });

    it("a press is asked not to be repeated, and is carried out once though it is", async () => {
      const { world, alice, hold } = await declared(transport);
      await using _ = world;
      await world.ws.clock.advance("16m");
      {
        using slow = hold();
        await world.unwaited(async () => {
          for (const times of [1, 2]) {
            await alice.clicks("Post as is");
            await expect.poll(() => count(alice.sees().join("\n"), "Still saving"), patiently).toBe(times);
          }
        });
        slow.letGo();
      }
      expect(await aftermath(world)).toEqual([]);
      const said = await world.transcript(channel);
      expect(count(said, "Update 2 ·")).toBe(1);
      expect(said).not.toContain("Update 3 ·");
      expect(count(alice.sees().join("\n"), "Still saving")).toBe(2);
    });

    it("a form stands still, cannot be sent twice, and its outcome follows once", async () => {
      const { world, alice, hold } = await declared(transport);
      await using _ = world;
      await alice.clicks("Update");
      await alice.fills({ "Current action": "Reverting" });
      {
        using slow = hold();
        await alice.submits();
        expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("Still saving");
        expect(alice.modal()?.view).not.toHaveProperty("submit");
        slow.letGo();
      }
      expect(await aftermath(world)).toEqual([]);
      expect(count(alice.directMessages(), "is saved")).toBe(1);
      expect(count(await world.transcript(channel), "Update 2 ·")).toBe(1);
      expect((await world.app.store.incident(1))?.updates).toHaveLength(2);
    });

    it("a form that turns out wrong comes back with all that was typed and chosen, and is taken when it is put right", async () => {
      const { world, alice, hold } = await declared(transport, "reads and commits");
      await using _ = world;
      const { ws } = world;
      await alice.clicks("Update");
      await alice.fills({
        Impact: "15 % of checkouts fail",
        "Current action": "Rolling back",
        "Next update (UTC)": "25:61",
      });
      await alice.fills({ Status: "MITIGATING" });
      {
        using slow = hold();
        await alice.submits();
        expect(JSON.stringify(alice.modal()?.view.blocks)).toContain("Still saving");
        slow.letGo();
      }
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

    it("what fails late is told as not saved, changes nothing, and works when it is done again", async () => {
      const { world, alice, hold } = await declared(transport);
      await using _ = world;
      const { ws, app } = world;
      await alice.clicks("Log");
      await alice.fills({ "What happened": "Deployed v2.3.2" });
      const version = (await app.store.incident(1))?.version;
      const form = () => JSON.stringify(alice.modal()?.view.blocks);
      const newest = () => alice.sees().at(-1) ?? "";
      const acts = [
        { act: () => alice.submits(), shown: form },
        { act: () => alice.types("/incident log 14:31 Reverted"), shown: newest },
        { act: () => alice.clicks("Ack"), shown: newest },
      ];
      for (const { act, shown } of acts) {
        using slow = hold();
        await act();
        await expect.poll(shown, patiently).toContain("Still saving");
        slow.fail();
        await ws.settle();
        expect(shown()).toContain("Nothing was saved, because I cannot write my record: its disk is full");
      }
      expect((await app.store.incident(1))?.version).toBe(version);
      expect(alice.modal()?.values["What happened"]).toBe("Deployed v2.3.2");
      for (const { act } of acts) await act();
      expect(await aftermath(world)).toEqual([]);
      const state = await app.store.incident(1);
      expect(state?.entries.map(({ text }) => text.body)).toEqual(["Deployed v2.3.2", "Reverted"]);
    });
  },
);

import { describe, expect, it } from "vitest";
import type { Incident } from "../../src/domain/incident.ts";
import type { DeliveryFault } from "../../src/workspace/delivery/queue.ts";
import { aftermath } from "./aftermath.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";
const root = { name: "root", admin: true };
const count = (text: string, part: string) => text.split(part).length - 1;

/** Two things that people do to Slack one after the other, and what the record knows of them. */
interface Change {
  one: (world: World) => unknown;
  other: (world: World) => unknown;
  /** Events that tell of the one and of the other. */
  types: readonly [string, string];
  known: (incident: Incident, world: World) => unknown;
  /** What is to be known after the one and after the other. */
  truth: readonly [unknown, unknown];
  /** How much waits after the one for the other. */
  held?: number;
}

const rootIn = (world: World) => world.as("root").in(`#${world.ws.channels().find(isOurs)}`);
const isOurs = (name: string) => name === channel || name.startsWith("war-room");
const isGone = ({ departed }: Incident, { ws }: World) => ws.idOf("bob") in departed;

const changes: Record<string, Change> = {
  "an account that is deactivated and reactivated": {
    one: ({ ws }) => ws.deactivate("bob"),
    other: ({ ws }) => ws.reactivate("bob"),
    types: ["user_change", "user_change"],
    known: isGone,
    truth: [true, false],
  },
  "a channel that is renamed twice": {
    one: (world) => rootIn(world).renames("war-room-1"),
    other: (world) => rootIn(world).renames("war-room-2"),
    types: ["channel_rename", "channel_rename"],
    known: ({ channel: its }) => its?.name,
    truth: ["war-room-1", "war-room-2"],
  },
  "a channel that is archived and brought back": {
    one: (world) => rootIn(world).archives(),
    other: (world) => rootIn(world).unarchives(),
    types: ["channel_archive", "channel_unarchive"],
    known: ({ access }) => access.lost?.why ?? null,
    truth: ["archived", null],
    held: 3,
  },
  "a channel that is made private and public again": {
    one: (world) => rootIn(world).makesPrivate(),
    other: (world) => rootIn(world).makesPublic(),
    types: ["message/channel_convert_to_private", "message/channel_convert_to_public"],
    known: ({ access }) => access.closed,
    truth: [true, false],
  },
};

/** How the events of the first, the second and a third act come, which is the first one again. */
const ways: Record<string, DeliveryFault[]> = {
  "in order": [{}, {}, {}],
  "in order, each three times": Array.from({ length: 3 }, () => ({ duplicate: 2, newEventId: true })),
  "the first one last": [{ late: "5m" }, {}, {}],
  "the second one last": [{}, { late: "5m" }, {}],
  "the first two late and reversed": [{ late: "7m" }, { late: "4m" }, {}],
  "each late and all reversed, three times": [
    { late: "9m", duplicate: 2, newEventId: true },
    { late: "6m", duplicate: 2, newEventId: true },
    { late: "3m", duplicate: 2, newEventId: true },
  ],
};

async function declared() {
  const world = await World.open({ people: ["alice", "bob", root] });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("alice").in(`#${channel}`).invites("bob", "root");
  await world.as("bob").in(`#${channel}`).types("/incident lead");
  // Of whom nothing is expected any more, nothing is stored.
  await world.as("bob").in(`#${channel}`).types("/incident action write the runbook @bob");
  await world.ws.settle();
  return world;
}

const incidentIn = async ({ app }: World): Promise<Incident> => {
  const incident = await app.store.incident(1);
  if (!incident) throw new Error("there is no incident");
  return incident;
};

describe.each(Object.entries(changes))("%s", (_name, { one, other, types, known, truth, held = 0 }) => {
  describe.each(Object.entries(ways))("told of %s", (_way, faults) => {
    it.each([2, 3])("is known as it is after %i acts", async (acts) => {
      const world = await declared();
      await using _ = world;
      const { ws } = world;
      for (const [n, act] of [one, other, one].slice(0, acts).entries()) {
        ws.deliveries.next(types[n % 2] ?? "", faults[n] ?? {});
        await act(world);
        await ws.clock.advance("1m");
      }
      await ws.clock.advance("12m");
      expect(known(await incidentIn(world), world)).toEqual(truth[(acts - 1) % 2]);
      expect(await aftermath(world, { held: acts === 3 ? held : 0 })).toEqual([]);
    });
  });
});

it("a deactivation that is told after its end takes nothing from anybody", async () => {
  const world = await declared();
  await using _ = world;
  const { ws } = world;
  ws.deliveries.next("user_change", { late: "3m", duplicate: 2, newEventId: true });
  ws.deactivate("bob");
  await ws.clock.advance("1m");
  ws.reactivate("bob");
  await ws.clock.advance("10m");
  const { roles, departed } = await incidentIn(world);
  expect(departed).toEqual({});
  expect(roles.held.commander?.user).toBe(ws.idOf("bob"));
  expect(await world.transcript(channel)).not.toMatch(/deactivated|open again/);
  expect(await aftermath(world)).toEqual([]);
});

it("an account that is open again before its deactivation could be told is told of in words that say both", async () => {
  const world = await declared();
  await using _ = world;
  const { ws } = world;
  ws.faults.next("chat.postMessage", { when: "before", answer: 429, retryAfter: 60 });
  ws.deactivate("bob");
  await ws.clock.advance("20s");
  ws.reactivate("bob");
  expect(await aftermath(world)).toEqual([]);
  const told = await world.transcript(channel);
  expect(count(told, "@bob’s Slack account was deactivated and is open again.")).toBe(1);
});

it("a name that is told late, and twice, stands nowhere in the end", async () => {
  const world = await declared();
  await using _ = world;
  const { ws } = world;
  ws.deliveries.next("channel_rename", { late: "3m", duplicate: 2, newEventId: true });
  await rootIn(world).renames("war-room-1");
  await ws.clock.advance("1m");
  await rootIn(world).renames("war-room-2");
  await ws.clock.advance("11m");
  expect(await world.transcript("incidents")).toContain("#war-room-2");
  expect(JSON.stringify(await (await world.api("/api/incidents/INC-1")).json())).not.toContain("war-room-1");
  expect(await aftermath(world)).toEqual([]);
});

import { expect, it } from "vitest";
import type { Store, Write } from "../../src/store/port.ts";
import { sitrep } from "../cli/terminal.ts";
import { aftermath } from "./aftermath.ts";
import { withCommit } from "./around-store.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

/** An incident on a store that refuses what `isRefused` says, and nothing else, for as long as it is told to. */
async function declared(isRefused: (write: Write) => boolean, flags = "") {
  const disk = { fails: true };
  const aroundStore = (store: Store) =>
    withCommit(store, (write) =>
      disk.fails && isRefused(write) ? Promise.reject(new Error("constraint failed")) : store.commit(write),
    );
  const world = await World.open({ app: { aroundStore } });
  await world.as("alice").in("#general").types(`/incident declare sev2 ${flags}checkout 500s`);
  await world.ws.clock.advance("1m");
  const health = async () => {
    const answer = await world.api("/readyz");
    const text = await answer.text();
    const { out } = await sitrep(["doctor"], { env: world.env(), cwd: world.folder, clock: world.ws.clock });
    return { ready: answer.status, text, doctor: out };
  };
  return { world, disk, health };
}

const reminds = ({ incident }: Write) =>
  incident?.events.some(({ type }) => type === "UpdateReminded") === true;

it("a timer that cannot be stored is told of by /readyz, which names it, and by doctor, until it is", async () => {
  const { world, disk, health } = await declared(reminds);
  await using _ = world;
  await world.ws.clock.advance("13m");
  expect(await health()).toMatchObject({ ready: 200, doctor: expect.stringContaining("All is well") });
  await world.ws.clock.advance("25m");
  const sick = await health();
  expect(sick.ready).toBe(503);
  expect(sick.text).toMatch(
    /1 that the record does not take, 1:remind:\S+ for \d+ min \(constraint failed\)/,
  );
  expect(sick.doctor).toMatch(/What is due has been waiting for \d+ min/);
  disk.fails = false;
  await world.ws.clock.advance("2m");
  expect(await world.transcript(channel)).toContain("update is due");
  expect(await aftermath(world)).toEqual([]);
  expect(await health()).toMatchObject({ ready: 200, doctor: expect.stringContaining("All is well") });
});

it("a result of Slack's that cannot be stored is told of the same way; a private incident's is not named", async () => {
  const { world, disk, health } = await declared(
    ({ incident }) => incident?.events.some(({ type }) => type === "ChannelOpened") === true,
    "--private ",
  );
  await using _ = world;
  await world.ws.clock.advance("25m");
  const sick = await health();
  expect(sick.ready).toBe(503);
  expect(sick.text).toContain("that the record does not take, one for");
  expect(sick.text).not.toContain("1:channel");
  expect(sick.doctor).toMatch(/What is due has been waiting for \d+ min/);
  disk.fails = false;
  await world.ws.clock.advance("2m");
  expect(await aftermath(world)).toEqual([]);
  expect(await health()).toMatchObject({ ready: 200, doctor: expect.stringContaining("All is well") });
});

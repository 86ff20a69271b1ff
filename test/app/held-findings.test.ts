import { expect, it } from "vitest";
import { sitrep } from "../cli/terminal.ts";
import { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

async function declared(flags = "") {
  const world = await World.open({ people: [{ name: "alice", admin: true }, "bob", "carol"] });
  await world.as("alice").in("#general").types(`/incident declare sev2 ${flags}checkout 500s`);
  await world.ws.settle();
  const doctor = async () => {
    await world.ws.settle();
    return sitrep(["doctor"], { env: world.env(), cwd: world.folder, clock: world.ws.clock });
  };
  return { world, alice: world.as("alice").in(`#${channel}`), doctor };
}

it.each([
  {
    named: "archived",
    flags: "",
    lose: (world: World) => world.as("alice").in(`#${channel}`).archives(),
    says: /INC-1: \d+ of what is to be done waits? for its channel #inc-1-checkout-500s, which was archived at 14:36 UTC\.\n   Unarchive it in Slack: only people can\./,
  },
  {
    named: "private, and Sitrep removed from it",
    flags: "--private ",
    lose: (world: World) => world.as("alice").in(`#${channel}`).removes("sitrep"),
    says: /INC-1 \(PRIVATE\): \d+ .* #inc-1-checkout-500s, from which Sitrep was removed at 14:36 UTC\.\n   Invite it back: \/invite @Sitrep in #inc-1-checkout-500s\./,
  },
  {
    named: "deleted",
    flags: "",
    lose: (world: World) => world.as("alice").in(`#${channel}`).deletesChannel(),
    says: /INC-1: \d+ .* #inc-1-checkout-500s, which was deleted at 14:36 UTC\.\n   It is gone: have another one opened/,
  },
])("doctor says what waits for a channel that is $named, and what to do", async ({ flags, lose, says }) => {
  const { world, doctor } = await declared(flags);
  await using _ = world;
  expect((await doctor()).out).toContain("All is well");
  await lose(world);
  await world.as("alice").in("#general").types("/incident INC-1 update Looking");
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(out).toMatch(says);
  expect(out).toContain("One thing is not well");
});

it("doctor says for whom something waits whose account is deactivated, until it is not", async () => {
  const { world, alice, doctor } = await declared();
  await using _ = world;
  await alice.invites("bob");
  await world.as("bob").in(`#${channel}`).types("/incident lead");
  await world.ws.settle();
  // Nobody tells of it: it is found out by the first direct message that fails.
  world.ws.deliveries.next("user_change", { drop: 4 });
  world.ws.deactivate("carol");
  await alice.types("/incident role scribe @carol");
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(out).toContain(
    "INC-1: 1 of what is to be done waits for @carol, whose account is deactivated.\n   It is for them alone",
  );
  world.ws.deactivate("bob");
  expect((await doctor()).out).toContain("waits for one or more of @carol, @bob, whose accounts are");
  world.ws.reactivate("carol");
  expect((await doctor()).out).toContain("All is well");
});

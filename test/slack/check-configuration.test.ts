import { expect, test } from "vitest";
import { World } from "../app/world.ts";

const settings = (id: (name: string) => string) => `
severities: { SEV1: { invite: [${id("alice")}, U0GONE] } }
services: { checkout: { owners: [${id("bob")}] } }
audiences:
  support: { channel: suport }
  management: { channel: C0NOWHERE }
onCall: { primary: { people: [${id("alice")}, ${id("sitrep")}] } }
escalation:
  default:
    steps:
      - { notify: ["oncall:primary", "group:sre"] }
      - { after: 5m, notify: ["group:nobody", "group:srre", "user:U0GONE", "channel:general"] }
`;

async function configuration(world: World): Promise<{ ready: unknown; ok: unknown; says: string }> {
  await world.ws.settle();
  const answer: unknown = await (await world.api("/readyz")).json();
  const { ready, checks } = answer as {
    ready: boolean;
    checks: { name: string; ok: boolean; says: string }[];
  };
  const found = checks.find(({ name }) => name === "configuration");
  return { ready, ok: found?.ok, says: found?.says ?? "" };
}

test("what the configuration names and Slack does not have is told, and stops nothing", async () => {
  await using world = await World.open({
    settings,
    groups: { sre: ["alice"], nobody: [] },
    started: false,
  });
  world.ws.deactivate("bob");
  await world.startApp();
  const { ready, ok, says } = await configuration(world);
  expect({ ready, ok }).toEqual({ ready: true, ok: true });
  const app = world.ws.idOf("sitrep");
  expect(says.split("; ")).toEqual([
    "severities.SEV1.invite: Slack knows nobody with the id U0GONE: copy it from the person's profile (Copy member ID)",
    `services.checkout.owners: ${world.ws.idOf("bob")} is deactivated in Slack: name somebody else`,
    `onCall.primary.people: ${app} is an app, which answers nobody: name a person`,
    "escalation.default.steps: Slack knows nobody with the id U0GONE: copy it from the person's profile (Copy member ID)",
    "escalation.default.steps: nobody is in the user group @nobody",
    "escalation.default.steps: Slack has no user group @srre: make it, or name another one",
    "audiences.support.channel: Slack shows Sitrep no channel #suport: create it, and invite Sitrep to it where it is private",
    "audiences.management.channel: Slack shows Sitrep no channel C0NOWHERE: invite Sitrep there where it is private",
  ]);
});

test("a plan without user groups is told for each of them", async () => {
  await using world = await World.open({
    settings: 'escalation: { default: { steps: [{ notify: ["group:sre"] }] } }',
  });
  expect((await configuration(world)).says).toBe(
    "escalation.default.steps: this Slack plan has no user groups: name people or a rotation",
  );
});

test.each([
  [["general", "incidents"], false, "nothing is known to be wrong with it"],
  [["general"], true, "nothing is known to be wrong with it"],
  [
    ["general"],
    false,
    "channels.announcements: Slack shows Sitrep no channel #incidents: create it, and invite Sitrep to it where it is private",
  ],
])("with the channels %j, Slack being silent: %s, it says: %s", async (channels, isSilent, told) => {
  await using world = await World.open({ channels, started: false });
  if (isSilent) world.ws.faults.next("conversations.list", { when: "before", answer: 500, times: 2 });
  await world.startApp();
  expect((await configuration(world)).says).toBe(told);
});

test("a private channel is found by its name where Sitrep is a member, and is posted in", async () => {
  await using world = await World.open({
    channels: ["general", "incidents"],
    privateChannels: { leads: ["alice", "sitrep"], secret: ["alice"] },
    settings: `
audiences: { management: { channel: leads, severities: [SEV2] }, support: { channel: secret, severities: [SEV2] } }
`,
  });
  expect((await configuration(world)).says).toBe(
    "audiences.support.channel: Slack shows Sitrep no channel #secret: create it, and invite Sitrep to it where it is private",
  );
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  await world.as("alice").in("#inc-1-checkout-500s").types("/incident update rolling back");
  expect(await world.transcript("leads")).toContain("INC-1");
});

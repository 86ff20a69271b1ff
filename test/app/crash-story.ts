import { resolve } from "node:path";
import type { DisturbedWorld } from "./disturbed-world.ts";
import type { Story } from "./matrix.ts";

const channel = "inc-1-checkout-500s";

/**
 * One incident with a bit of everything: a day in which nobody reacts, a day of work on it, and what comes after until its
 * channel is archived. Acts and due times are minutes apart, so that a Sitrep that was away for one has caught up.
 */
export const richStory: Story = {
  options: {
    people: ["alice", "bob", "carol", "dave"],
    groups: { sre: ["carol"] },
    channels: ["general", "incidents", "support", "ops"],
    settings: (id) => `
runbooks: ${resolve("test/fixtures/runbooks")}
workingHours: { days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "23:59" }
# Whether two prompts come too close to each other would depend on the minute for which Sitrep was away.
prompts: { atMostEvery: off }
channels: { archiveAfter: 2d }
severities: { SEV2: { firstUpdate: 40m, updateEvery: 60m, postmortemWithin: 1d, invite: [${id("dave")}, U0NOBODY] } }
updates: { warnBefore: 8m, grace: 10m, maxAutomatic: 1 }
roles: { remindCommanderAfter: 4m, escalateAfter: 24m }
assessment: { askAgainAfter: 8m }
mitigation: { promptAfter: 20m }
services: { checkout: { owners: [${id("dave")}] } }
audiences:
  support: { channel: support, severities: [SEV1, SEV2] }
onCall:
  primary: { people: [${id("bob")}] }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["oncall:primary"] }
      - { after: 7m, notify: ["group:sre"] }
`,
  },
  async tell(disturbed) {
    await unattended(disturbed);
    await worked(disturbed);
    await afterwards(disturbed);
  },
};

/** Effects that it does not perform undisturbed, each with the reason. */
export const unperformed: Record<string, string> = {
  ReturnToChannel: "nobody removes Sitrep from the channel; crash-outside.test.ts does",
  LookAtPerson:
    "comes with a start in the middle of an incident, too; nobody's account is closed, as in crash-outside.test.ts",
  LookElsewhere: "no channel elsewhere refuses anything; outside-elsewhere.test.ts has one do so",
  AnswerMissed: "comes only after Sitrep was away for long; missed-mention.test.ts kills and disturbs it",
  CallWebhook:
    "does not go to Slack; webhooks.test.ts kills, repeats and refuses it, and its receiver sees each call",
};

/** Acts of people in the incident's channel, each repeated by whoever saw no sign of it. */
function acting({ world, insist, until, live }: DisturbedWorld) {
  const { ws } = world;
  const shows = (text: string) => ws.channel(channel).transcript().includes(text);
  const alice = () => world.as("alice").in(`#${channel}`);
  const types = (line: string, sign: string, name = "alice") =>
    insist(
      () => world.as(name).in(`#${channel}`).types(`/incident ${line}`),
      () => shows(sign),
    );
  const clicks = (label: string, sign: string, { by = "alice", from = `#${channel}`, in: part = "" } = {}) =>
    insist(
      () =>
        world
          .as(by)
          .in(from)
          .clicks(label, part === "" ? {} : { in: part }),
      () => shows(sign),
    );
  const submits = (open: () => Promise<unknown>, entries: Record<string, string>, sign: string) =>
    insist(
      async () => {
        if (!alice().modal()) await open();
        await ws.settle();
        if (!alice().modal()) return { ok: false };
        await alice().fills(entries);
        return alice().submits();
      },
      () => alice().modal() === undefined && shows(sign),
    );
  const at = async (time: string) => {
    await until(`2024-02-${time}:00Z`);
    await live(() => ws.settle());
  };
  return { ws, shows, alice, types, clicks, submits, at, insist, live, world };
}

async function unattended(disturbed: DisturbedWorld): Promise<void> {
  const { world, ws, insist, live, at } = acting(disturbed);
  const general = world.as("carol").in("#general");
  await insist(
    () => general.types("/incident subscribe"),
    () => general.sees().join().includes("each update"),
  );
  await at("15T14:40");
  await insist(
    () => world.as("alice").in("#general").types("/incident declare checkout 500s"),
    () => ws.channels().includes(channel),
  );
  await live(() => ws.settle());
  // All that is called, asked, reminded and posted without anybody, until it gives up; and a day later the question.
  await at("16T16:50");
}

async function worked(disturbed: DisturbedWorld): Promise<void> {
  const { world, ws, shows, alice, types, clicks, submits, at, insist, live } = acting(disturbed);
  const [bob, carol] = [world.as("bob"), world.as("carol")];
  const [b, c] = [bob.in(`#${channel}`), carol.in(`#${channel}`)];
  await clicks("Ack", "Acknowledged: by @bob", { by: "bob", from: "@sitrep" });
  // Bob is not heard of again: he is asked, and the calls go on.
  await at("16T17:20");
  await live(() => bob.in("#ops").says("payments are odd too"));
  await live(() => bob.in("#ops").reacts("pushpin", "payments are odd"));
  await live(() => carol.in("#ops").replies("payments are odd", "since when?"));
  await live(() => c.says("error rate climbing"));
  await live(() => c.replies("error rate climbing", "since the deployment"));
  await live(() => c.reacts("pushpin", "error rate climbing"));
  await live(() => c.says("no idea what this is"));
  await live(() => c.reacts("pushpin", "no idea"));
  await live(() => ws.settle());
  await live(() => c.unreacts("pushpin", "no idea"));
  await live(() => c.edits("no idea what", "it is the pool"));
  await live(() => c.says("wrong channel"));
  await live(() => c.deletes("wrong channel"));
  await at("16T17:23");
  await insist(
    async () => {
      const ops = bob.in("#ops");
      const isOffered = () => ops.sees().join().includes("Open it in");
      if (!isOffered()) await ops.types("/incident declare sev3 payments --here");
      await ws.settle();
      if (!isOffered()) return { ok: false };
      const { ok } = await ops.clicks("Open it in #ops");
      await ws.settle();
      // Whoever reads that Slack did not say where he is tries again, as he is told.
      return { ok: ok && !ops.sees().at(-1)?.includes("Try again") };
    },
    () => ws.channel("ops").members.includes("sitrep"),
  );
  // Before it is asked who leads INC-2, also where that is a minute late.
  await at("16T17:25");
  await insist(
    () => bob.in("#ops").types("/incident duplicate INC-1"),
    () => shows("INC-2 is the same"),
  );
  await at("16T17:29");
  await types("runbook Checkout Errors", "Runbook: Checkout Errors");
  await at("16T17:32");
  await clicks("Done", "done by @alice", { in: "Runbook" });
  await insist(
    () => alice().chooses("User impact", "Many (10–50 %)"),
    () => shows("many"),
  );
  await at("16T17:35");
  await types("severity sev2", "SEV2, confirmed");
  await types("lead", "@alice leads");
  await types("ask @dave call the bank 5m", "call the bank");
  await at("16T17:43");
  await clicks("Accept", "accepted", { by: "dave" });
  await at("16T17:45");
  const dave = world.as("dave").in(`#${channel}`);
  await insist(
    async () => {
      if (!dave.modal()) await dave.clicks("Done");
      await ws.settle();
      return dave.modal() ? dave.submits() : { ok: false };
    },
    () => shows("call the bank: done"),
  );
  await submits(
    async () => {
      await alice().types("/incident mitigate rollback");
    },
    { "What exactly?": "payments to v2.3.1", "How far is it?": "Started" },
    "Rollback: payments",
  );
  await at("16T17:47");
  await types("update The old version comes back", "The old version comes back");
  // Asked how it went, warned that the next update falls due, reminded of it.
  await at("16T19:49");
  await clicks("Post as is", "Update 6 ·", { in: "is due" });
  await at("16T19:50");
  await clicks("Worked", "said @alice");
  await types("handover @bob", "hands command over");
  await at("16T19:53");
  await clicks("Accept", "Commander: @bob", { by: "bob", in: "hands command over" });
  await at("16T19:56");
  await types("page @sre the pool is empty", "Reason: the pool is empty");
  await types("status monitoring", "Status: MONITORING");
  await types("log 14:45 Deployed v2.3.2", "Deployed v2.3.2");
  await at("16T19:59");
  await types("update Watching the error rate", "Watching the error rate");
  await insist(
    () => b.types("/incident action add a circuit breaker @bob 2/20"),
    () => shows("add a circuit breaker"),
  );
  await at("16T20:02");
}

async function afterwards(disturbed: DisturbedWorld): Promise<void> {
  const { alice, types, clicks, submits, at } = acting(disturbed);
  await types("resolve rolled back", "Status: RESOLVED");
  await at("16T20:08");
  await types("reopen the errors are back", "the errors are back");
  await at("16T20:11");
  await types("resolve rolled back further", "Fixed by: rolled back further");
  // Owners are reminded: of the post-mortem, of what is due, of what is open.
  await at("20T12:10");
  await submits(
    () => alice().clicks("Write post-mortem"),
    { "Root Cause": "Retries looped" },
    "wrote Root Cause",
  );
  await at("20T12:13");
  await clicks("Publish", "is published");
  // Closed by that, and archived later.
  await at("23T12:13");
}

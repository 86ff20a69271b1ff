import { resolve } from "node:path";
import { expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { everyButton, linesAtWork, watchedWorld } from "./every-button.ts";
import { Keys, presses } from "./keyed.ts";

const channel = "inc-2-checkout-500s";

/** What is typed before a round in which each button that was not pressed yet is pressed. */
const stages: [string[], string][] = [
  [[], "1s"],
  [[...linesAtWork, "subscribe", "role scribe @bob"], "1s"],
  [[], "16m"],
  [["resolve rolled back", "timeline", "actions", "postmortem", "close"], "5m"],
  [["reopen it came back", "status mitigated"], "20m"],
];

/** Stands only where an incident takes its turn: the second story presses it. */
const inTurn = [
  ..."Snooze AnswerOffer AcceptSeverity StartMitigation FinishMitigation ResumeMitigation KeepMitigation".split(
    " ",
  ),
  ..."SetMonitoring Escalate DontCall UnmarkMessage OwnPostmortem Join KeepChannel RetryEffect".split(" "),
];

/** Stands only where an incident begins otherwise: the third story presses it. */
const otherwise = ["DeclareHere", "CallNow", "MergeInto", "RetryChannel"];

/** In menus alone, which bear keys of their own. */
const inMenus = ["Assess", "Close"];

it("whatever is typed, pressed or submitted changes something under a key, and once, though it comes three times", async () => {
  const keys = new Keys();
  const { world, errors } = await watchedWorld({
    people: ["alice", "bob", "carol"],
    channels: ["general", "incidents"],
    settings: (id) => `
runbooks: ${resolve("runbooks")}
onCall:
  primary: { people: [${id("bob")}] }
`,
    app: { aroundStore: keys.aroundStore },
  });
  await using _ = world;
  const { ws } = world;
  ws.deliveries.plan = ({ id }) => (id === undefined ? { duplicate: 2 } : {});
  await world.as("alice").in("#general").types("/incident declare sev4 checkout is slow");
  await ws.settle();
  await world.as("alice").in("#general").types("/incident declare checkout 500s");
  await ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  const alice = world.as("alice").in(`#${channel}`);
  const pressed = new Set<string>();
  for (const [lines, wait] of stages) {
    for (const line of lines) {
      await alice.types(`/incident ${line}`);
      await ws.settle();
      if (alice.modal()) await alice.closes({ all: true });
    }
    await ws.clock.advance(wait);
    await ws.settle();
    for (const who of ["bob", "alice"])
      for (const { label, message, press } of everyButton(world, who)) {
        const like = `${label} ${message.slice(0, 12)}`.replaceAll(/\d+/g, "");
        // It would be over before it began: the third story presses it.
        if (label === "Merge" || pressed.has(like)) continue;
        pressed.add(like);
        await press();
        await ws.settle();
        const somebody = world.as(who);
        while (somebody.modal()) await somebody.closes({ all: true });
      }
  }
  expect(errors).toEqual([]);
  expect(keys.missing).toEqual([]);
  const wrong = [...keys.kept].filter((kind) =>
    Object.entries(presses).some(([name, does]) => name === kind && does === "shows"),
  );
  expect(wrong).toEqual([]);
  const kinds = Object.entries(presses).flatMap(([kind, does]) => (does === "keeps" ? [kind] : []));
  expect(kinds.filter((kind) => !keys.kept.has(kind)).toSorted()).toEqual(
    [...inTurn, ...otherwise, ...inMenus].toSorted(),
  );
  expect(await aftermath(world)).toEqual([]);
}, 120_000);

it("what stands only for a while keeps something under its key, and once, though it comes three times", async () => {
  const keys = new Keys();
  const { world, errors } = await watchedWorld({
    people: ["alice", "bob", "carol"],
    channels: ["general"],
    settings: (id) => `
channels: { archiveAfter: 2d }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["user:${id("carol")}"] }
      - { after: 60m, notify: ["user:${id("bob")}"] }
`,
    app: { aroundStore: keys.aroundStore },
  });
  await using _ = world;
  const { ws } = world;
  ws.deliveries.plan = ({ id }) => (id === undefined ? { duplicate: 2 } : {});
  const general = world.as("alice").in("#general");
  await general.types("/incident declare checkout 500s");
  await ws.settle();
  const here = ws.channels().find((name) => name.startsWith("inc-1-")) ?? "";
  const [alice, bob] = [world.as("alice").in(`#${here}`), world.as("bob").in(`#${here}`)];
  const types = async (line: string) => {
    await alice.types(`/incident ${line}`);
    await ws.settle();
  };
  const presses = async (label: string, who = alice, where?: { in: string }) => {
    await who.clicks(label, where);
    await ws.settle();
    while (who.modal()) await who.closes({ all: true });
  };
  await bob.joins();
  await presses("Don’t");
  await presses("Try again");
  await types("lead");
  await alice.chooses("User impact", "Most (over 50 %)");
  await ws.settle();
  await presses("Accept SEV1");
  await types("handover @bob");
  await presses("Accept", bob);
  await types("mitigate");
  await alice.clicks("Rollback");
  await alice.fills({ "What exactly?": "payments", "How far is it?": "Not started yet" });
  await alice.submits();
  await ws.settle();
  await presses("Start");
  await ws.clock.advance("12m");
  await presses("Still running");
  await presses("Worked");
  await presses("Still running");
  await presses("Worked");
  await presses("Set MONITORING");
  await presses("Escalate");
  await ws.clock.advance("31m");
  await presses("Snooze 10 min");
  await alice.says("error rate falls");
  await alice.uses("Add to timeline", "error rate falls");
  await ws.settle();
  await presses("Undo");
  await general.types("/incident declare sev4 checkout errors");
  await ws.settle();
  const twin = world.as("carol").in(`#${ws.channels().find((name) => name.startsWith("inc-2-"))}`);
  await twin.joins();
  await twin.types("/incident duplicate INC-1");
  await ws.settle();
  await presses("Join INC-1", twin);
  await types("resolve rolled back");
  if (alice.modal()) await alice.submits();
  await ws.settle();
  await presses("Not me", bob, { in: "post-mortem draft" });
  await presses("Publish");
  await types("close");
  await ws.clock.advance("25h");
  await presses("Keep");
  // There is nowhere to announce it, so that there is something to try again.
  expect(errors.filter((error) => !error.startsWith("effect refused"))).toEqual([]);
  expect(keys.missing).toEqual([]);
  expect(inTurn.filter((kind) => !keys.kept.has(kind))).toEqual([]);
  expect(await aftermath(world, { dead: 2 })).toEqual([]);
}, 120_000);

it("what begins otherwise keeps something under its key, and once, though it comes three times", async () => {
  const keys = new Keys();
  const { world, errors } = await watchedWorld({
    people: ["alice", "bob"],
    channels: ["general", "incidents", "ops"],
    settings: (id) => `
escalation:
  default:
    steps:
      - { after: 0m, notify: ["user:${id("bob")}"] }
`,
    app: { aroundStore: keys.aroundStore },
  });
  await using _ = world;
  const { ws } = world;
  ws.deliveries.plan = ({ id }) => (id === undefined ? { duplicate: 2 } : {});
  const [general, ops] = [world.as("alice").in("#general"), world.as("alice").in("#ops")];
  const settled = async (act: Promise<unknown>) => {
    await act;
    await ws.settle();
  };
  ws.faults.next("conversations.create", { when: "before", answer: { error: "restricted_action" } });
  await settled(general.types("/incident declare checkout 500s"));
  await settled(general.clicks("Try again"));
  await settled(world.as("alice").in("#inc-1-checkout-500s").clicks("Call now"));
  await settled(ops.types("/incident declare sev4 checkout 500s --here"));
  await settled(ops.clicks("Open it in #ops"));
  await settled(ops.clicks("Merge"));
  expect(errors.filter((error) => !error.startsWith("effect refused"))).toEqual([]);
  expect(keys.missing).toEqual([]);
  expect(otherwise.filter((kind) => !keys.kept.has(kind))).toEqual([]);
  expect(await aftermath(world)).toEqual([]);
}, 120_000);

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

/** Not reached here; each is handled as the others of its folder are. Answers from menus bear the menu's key. */
const elsewhere = new Set([
  ..."Snooze DeclareHere AnswerOffer Assess AcceptSeverity StartMitigation FinishMitigation ResumeMitigation".split(
    " ",
  ),
  ..."KeepMitigation SetMonitoring Escalate CallNow DontCall UnmarkMessage Close OwnPostmortem Join".split(
    " ",
  ),
  ..."KeepChannel MergeInto RetryChannel RetryEffect".split(" "),
]);

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
        // It would be over before it began.
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
  expect(kinds.filter((kind) => !keys.kept.has(kind) && !elsewhere.has(kind))).toEqual([]);
  expect(await aftermath(world)).toEqual([]);
}, 120_000);

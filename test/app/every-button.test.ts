import { resolve } from "node:path";
import { expect, it } from "vitest";
import { aftermath } from "./aftermath.ts";
import { everyButton, linesAtWork, pressIt, watchedWorld } from "./every-button.ts";

const channel = "inc-2-checkout-500s";

/** What happens between two rounds of pressing; of many buttons that stand unchanged since the last one, only every nth is pressed. */
const stages: [string, string[], string, number][] = [
  ["new", [], "1s", 1],
  ["at work", [...linesAtWork, "severity sev3"], "16m", 1],
  ["resolved", ["resolve rolled back", "timeline", "actions", "postmortem", "close"], "5m", 2],
  ["reopened", ["reopen it came back", "status mitigated"], "20m", 5],
  ["cancelled", ["cancel false alarm"], "5m", 3],
];

it("every button at every stage answers, when pressed twice, by two people at once, and long after", async () => {
  const { world, errors } = await watchedWorld({
    people: ["alice", "bob", "carol"],
    groups: { sre: ["carol"] },
    channels: ["general", "incidents"],
    settings: (id) => `
runbooks: ${resolve("runbooks")}
onCall:
  primary: { people: [${id("bob")}] }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["oncall:primary"] }
      - { after: 5m, notify: ["group:sre"] }
`,
  });
  await using _ = world;
  const { ws } = world;
  await world.as("alice").in("#general").types("/incident declare sev4 checkout is slow");
  await ws.settle();
  await world.as("alice").in("#general").types("/incident declare checkout 500s");
  await ws.settle();
  await world.as("bob").in(`#${channel}`).joins();
  const alice = world.as("alice").in(`#${channel}`);
  const wrong: string[] = [];
  const old: ReturnType<typeof everyButton> = [];
  for (const [stage, lines, wait, nth] of stages) {
    for (const line of lines) {
      await alice.types(`/incident ${line}`);
      await ws.settle();
      if (alice.modal()) await alice.closes({ all: true });
    }
    await ws.clock.advance(wait);
    await ws.settle();
    const bobs = everyButton(world, "bob");
    // It would be over before it began.
    const all = everyButton(world, "alice").filter(({ label }) => label !== "Merge");
    for (const found of all.filter((_, index) => index % nth === 0)) {
      const also = bobs.find(({ label, message }) => label === found.label && message === found.message);
      wrong.push(...(await pressIt(world, found, also)));
    }
    const isOver = ["resolved", "cancelled"].includes(stage);
    for (const found of isOver ? old.filter((_, index) => index % 8 === 0) : [])
      wrong.push(...(await pressIt(world, found)).map((each) => `${stage}, old: ${each}`));
    old.push(...all);
    expect([stage, wrong, errors]).toEqual([stage, [], []]);
  }
  expect(await aftermath(world)).toEqual([]);
}, 120_000);

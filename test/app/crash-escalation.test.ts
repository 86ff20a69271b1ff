import { aftermath } from "./aftermath.ts";
import { disturbedWorld } from "./disturbed-world.ts";
import { describeKills } from "./matrix.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

/** A rotation and a group are called, somebody answers from the direct message, another person is paged, it ends. */
async function called(at?: string): Promise<{ odd: string[]; moments: readonly string[] }> {
  const killed = await disturbedWorld(
    { at },
    {
      people: ["alice", "bob", "carol", "dave"],
      groups: { sre: ["carol"] },
      settings: (id) => `
assessment: { askAgainAfter: off }
mitigation: { promptAfter: off }
roles: { escalateAfter: off }
onCall:
  primary: { people: [${id("bob")}] }
escalation:
  default:
    steps:
      - { after: 0m, notify: ["oncall:primary"] }
      - { after: 5m, notify: ["group:sre"] }
      - { after: 20m, notify: ["user:${id("dave")}"] }
`,
    },
  );
  await using world = killed.world;
  const { ws } = world;
  const { live, insist, moments } = killed;
  const shows = (text: string) => ws.channel(channel).transcript().includes(text);
  const inPrivate = (name: string) => world.as(name).directMessages();
  await insist(
    () => world.as("alice").in("#general").types("/incident declare sev2 checkout 500s"),
    () => ws.channels().includes(channel),
  );
  // Twice, since a killing cuts the first one short.
  await live(() => ws.clock.advanceTo("2024-02-15T14:43:30Z"));
  await live(() => ws.clock.advanceTo("2024-02-15T14:43:30Z"));
  await insist(
    () => world.as("carol").in("@sitrep").clicks("Ack"),
    () => shows("Acknowledged: by @carol"),
  );
  const alice = world.as("alice").in(`#${channel}`);
  await insist(
    () => alice.types("/incident lead"),
    () => shows("@alice leads."),
  );
  await live(() => ws.clock.advanceTo("2024-02-15T14:59:00Z"));
  await insist(
    () => alice.types("/incident page @dave the database is yours"),
    () => shows("Calling @dave"),
  );
  await insist(
    () => alice.types("/incident resolve rolled back"),
    () => shows("Status: RESOLVED"),
  );
  const odd = await aftermath(world);
  const told = await world.transcript(channel);
  const { members } = ws.channel(channel);
  const facts = {
    "the rotation is called once": count(told, "Calling @bob (on call: primary), step 1 of default") === 1,
    "the group is called once": count(told, "Calling @carol (group sre), step 2 of default") === 1,
    "the third step does not come": !told.includes("step 3 of default"),
    "by hand once": count(told, "Reason: the database is yours") === 1,
    "each is written to once": ["bob", "carol", "dave"].every(
      (name) => count(inPrivate(name), "You are needed") === 1,
    ),
    "nothing can be answered any more": !["bob", "carol", "dave"].some((name) =>
      inPrivate(name).includes("[Ack]"),
    ),
    "all came in": ["bob", "carol", "dave"].every((name) => members.includes(name)),
    "one answer": count(told, "Acknowledged: by @carol") === 1 && !told.includes("also by"),
  };
  for (const [fact, holds] of Object.entries(facts)) if (!holds) odd.push(`not: ${fact}`);
  return { odd, moments };
}

describeKills("calls that are answered in private, and by hand", called, 8);

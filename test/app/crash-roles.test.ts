import { aftermath } from "./aftermath.ts";
import { disturbedWorld } from "./disturbed-world.ts";
import { describeKills } from "./matrix.ts";

const channel = "inc-1-checkout-500s";
const count = (text: string, part: string) => text.split(part).length - 1;

/** Command given, given back, claimed and handed over; somebody is asked, chased and done; somebody comes late. */
async function led(at?: string): Promise<{ odd: string[]; moments: readonly string[] }> {
  const killed = await disturbedWorld(
    { at },
    {
      people: ["alice", "bob", "carol"],
      settings: "assessment: { askAgainAfter: off }\nmitigation: { promptAfter: off }\n",
    },
  );
  await using world = killed.world;
  const { ws } = world;
  const { live, insist, moments } = killed;
  const shows = (text: string) => ws.channel(channel).transcript().includes(text);
  await insist(
    () => world.as("alice").in("#general").types("/incident declare sev2 checkout 500s"),
    () => ws.channels().includes(channel),
  );
  const [a, b] = [world.as("alice").in(`#${channel}`), world.as("bob").in(`#${channel}`)];
  await b.joins();
  await live(() => ws.settle());
  await insist(
    () => a.types("/incident lead @bob"),
    () => shows("@bob leads"),
  );
  await live(() => ws.clock.advance("2m"));
  const inPerson = world.as("bob").in("@sitrep");
  await insist(
    () => inPerson.clicks("Not me"),
    () => shows("nobody leads now"),
  );
  await live(() => ws.clock.advance("4m"));
  await insist(
    () => a.clicks("Take command"),
    () => shows("Commander: @alice"),
  );
  await insist(
    () => a.types("/incident ask @carol call the bank 5m"),
    () => shows("call the bank"),
  );
  await live(() => ws.clock.advance("6m"));
  await insist(
    () => a.types("/incident handover @bob"),
    () => shows("hands command over to you"),
  );
  await insist(
    () => b.clicks("Accept", { in: "hands command over" }),
    () => shows("Commander: @bob"),
  );
  await live(() => ws.clock.advance("2m"));

  const odd = await aftermath(world);
  const told = await world.transcript(channel);
  const inPrivate = (name: string) => world.as(name).directMessages();
  const facts = {
    "given once": count(told, "@bob leads, named by @alice") === 1,
    "given back once": count(told, "nobody leads now") === 1,
    "the giver hears of it once": count(inPrivate("alice"), "is not commander") === 1,
    "claimed once": count(told, "@alice leads.") === 1,
    "chased once": count(told, "no answer yet") === 1,
    "asked in person once": count(inPrivate("carol"), "asked by @alice") === 1,
    "briefed once": count(inPrivate("carol"), "You joined") === 1,
    "offered once": count(told, "offered command to @bob: accepted") === 1,
    "handed over once": count(told, "handed over by @alice") === 1,
    "nobody is asked to lead any more": !/Nobody has led|You lead\?|a commander/.test(told),
    topic: ws.channel(channel).topic.includes("commander @bob"),
  };
  for (const [fact, holds] of Object.entries(facts)) if (!holds) odd.push(`not: ${fact}`);
  return { odd, moments };
}

describeKills("roles and asks", led, 8);

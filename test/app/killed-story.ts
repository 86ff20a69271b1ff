import { killedWorld } from "./killed-world.ts";
import type { World } from "./world.ts";

const channel = "inc-1-checkout-500s";

/**
 * One incident from declaration to written post-mortem, its Sitrep killed at moment `at` and started again. People behave as
 * people do: whoever saw an error looks, and repeats what did not get through.
 */
export async function killedStory(at: number): Promise<{ world: World; moments: string[] }> {
  const { world, moments, live, insist } = await killedWorld(at);
  const { ws } = world;
  const shows = (text: string) => ws.channel(channel).transcript().includes(text);

  const [alice, bob] = [world.as("alice"), world.as("bob")];
  await insist(
    () => alice.in("#general").types("/incident declare sev2 checkout 500s"),
    () => ws.channels().includes(channel),
  );
  await bob.in(`#${channel}`).joins();
  const [a, b] = [alice.in(`#${channel}`), bob.in(`#${channel}`)];
  await live(() => b.says("error rate climbing"));
  await live(() => b.replies("error rate climbing", "since the deployment"));
  await live(() => b.reacts("pushpin", "error rate climbing"));
  await live(() => ws.settle());
  await insist(
    () => a.types("/incident log 14:30 Deployed v2.3.2"),
    () => shows("Deployed v2.3.2"),
  );
  await insist(
    () => a.types("/incident update Rolling back"),
    () => shows("Current action: Rolling back"),
  );
  await live(() => ws.clock.advance("31m"));
  await live(() => ws.settle());
  if (shows("[Post as is]"))
    await insist(
      () => b.clicks("Post as is"),
      () => !shows("[Post as is]"),
    );
  await live(() => ws.clock.advance("2m"));
  await insist(
    () => b.types("/incident resolve Rolled back to v2.3.1"),
    () => shows("Status: RESOLVED"),
  );
  await insist(
    async () => {
      if (!a.modal()) await a.clicks("Write post-mortem", { in: "draft" });
      await ws.settle();
      if (!a.modal()) return { ok: false };
      await a.fills({ "Root Cause": "Retries looped" });
      return a.submits();
    },
    () => a.modal() === undefined && shows("wrote Root Cause"),
  );
  await live(() => ws.clock.advance("10m"));
  await live(() => ws.settle());
  return { world, moments };
}

/** What stands in Slack more than once or not at all, and what the outbox still holds; empty when all is well. */
export async function oddities(world: World): Promise<string[]> {
  const { ws } = world;
  const found: string[] = [];
  const incidents = ws.channels().filter((name) => name.startsWith("inc-"));
  if (incidents.join() !== channel) found.push(`channels: ${incidents.join()}`);
  const state = await world.app.store.incident(1);
  if (!state) return ["no incident"];
  const here = ws.channel(channel);
  // Notices of joining and pinning have subtypes too.
  const posted = [undefined, "thread_broadcast"];
  const own = (name: string) =>
    ws
      .channel(name)
      .messages.filter((message) => message.botId !== undefined && posted.includes(message.subtype));
  const textsIn = (name: string) =>
    own(name).map((message) => JSON.stringify(message.blocks ?? message.text));
  const once = (what: string, name: string, part: string, times = 1) => {
    const count = textsIn(name).filter((text) => text.includes(part)).length;
    if (count !== times) found.push(`${what}: ${count} instead of ${times}`);
  };
  once("card", channel, "Everything said in this channel is recorded");
  once("announcement", "incidents", "Resolved after");
  for (const { n } of state.updates.slice(1)) {
    once(`update ${n} in the channel`, channel, `Update ${n}`);
    once(`update ${n} under the announcement`, "incidents", `Update ${n}`);
  }
  once("live reminder", channel, "is due", 0);
  once("entry", channel, "Deployed v2.3.2", 1);
  once("post-mortem message", channel, "The post-mortem draft of");
  once("sections notice", channel, "wrote Root Cause");
  once("trouble", channel, "could not", 0);
  if (here.pins.length !== 1) found.push(`pins: ${here.pins.length}`);
  const files = here.messages.filter((message) => message.files.length > 0).length;
  if (files !== 1) found.push(`files: ${files}`);
  const marked = here.messages.find((message) => message.text === "error rate climbing");
  if (!marked?.reactions.has("memo")) found.push("no receipt");
  if (!here.members.includes("alice")) found.push("the declarer is not in the channel");
  const said = (await world.app.store.messages(1)).map((message) => message.revisions.at(-1)?.text.body);
  if (said.join("|") !== "error rate climbing|since the deployment") found.push(`record: ${said.join("|")}`);
  const counts = await world.app.store.outboxCounts(ws.clock.now());
  if (counts.claimed > 0 || counts.dead > 0 || counts.oldestDue !== null)
    found.push(`outbox: ${JSON.stringify(counts)}`);
  if (ws.state.loud.length > 0) found.push(...ws.state.loud);
  return found;
}

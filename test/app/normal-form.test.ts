import { describe, expect, it } from "vitest";
import { differences, normalForm } from "./normal-form.ts";
import { World } from "./world.ts";

const name = "inc-1-checkout-500s";

async function incident(start = "2024-02-15T14:36:00Z"): Promise<World> {
  const world = await World.open({ start, app: { concurrency: 1 } });
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await world.ws.settle();
  const bob = world.as("bob").in(`#${name}`);
  await bob.joins();
  await bob.says("error rate climbing");
  await bob.replies("error rate climbing", "since the deployment");
  await bob.reacts("pushpin", "error rate climbing");
  await bob.types("/incident log called the bank");
  await bob.types("/incident update Rolling back");
  await bob.types("/incident update Rolled back");
  await bob.types("/incident resolve rolled back");
  await world.ws.settle();
  return world;
}

const formOf = (world: World) =>
  normalForm({ ws: world.ws, store: world.app.store, rules: world.config().rules });

function swapped<One>(all: readonly One[], one: One, other: One): One[] {
  return all.map((each) => (each === one ? other : each === other ? one : each));
}

describe("a normal form", () => {
  it("is the same for the same story at another hour", async () => {
    await using one = await incident();
    await using other = await incident("2024-02-15T09:15:20Z");
    const form = await formOf(one);
    expect(differences(form, await formOf(other))).toEqual([]);
    expect(form).toContain("outbox 0 pending, 0 claimed, 0 held, 0 dead");
    expect(form.filter((line) => /^(?!INC).*\b(?:[CU]0\w{7,}|1[67]\d{8}\.\d{6})\b/.test(line))).toEqual([]);
  });

  it("shows whatever stands in Slack otherwise", async () => {
    await using world = await incident();
    const { state } = world.ws;
    const channel = state.channelNamed(name);
    const said = channel?.messages.find(({ text }) => text === "error rate climbing");
    const ours = channel?.messages.filter(({ metadata }) => metadata !== undefined) ?? [];
    const [card] = ours;
    const update = ours.find(({ metadata }) => metadata?.event_payload["key"] === "1:post:update:2:channel");
    const entry = ours.find(({ metadata }) =>
      String(metadata?.event_payload["key"]).startsWith("1:post:entry:"),
    );
    const link =
      channel &&
      [...state.channels.values()]
        .flatMap(({ messages }) => messages)
        .find(({ text }) => text === `INC-1 is open: <#${channel.id}>`);
    const file = channel?.messages.find(({ files }) => files.length > 0);
    const [sitrep, bob] = [world.ws.idOf("sitrep"), world.ws.idOf("bob")];
    if (!channel || !said || !card || !update || !entry || !link || !file)
      throw new Error("The story lacks something");
    const place = { channel: channel.id, user: sitrep };
    const changes: Record<string, () => unknown> = {
      "another order": () => (channel.messages = channel.messages.toReversed()),
      "two told messages swapped": () => (channel.messages = swapped(channel.messages, entry, update)),
      "a message twice": () => channel.messages.push({ ...update, ts: "1800000000.000100" }),
      "a message less": () => state.deleteMessage({ ...place, ts: update.ts }),
      "another text": () => (card.text = "something else"),
      "another button": () => (card.blocks = card.blocks?.slice(1) ?? []),
      "another author": () => (said.user = sitrep),
      "a thread less": () =>
        delete channel.messages.find(({ threadTs, ts }) => threadTs !== undefined && threadTs !== ts)
          ?.threadTs,
      "a reaction less": () => state.removeReaction({ ...place, ts: said.ts, name: "memo" }),
      "a pin less": () => state.removePin({ ...place, ts: card.ts }),
      "another file": () => (file.files = []),
      "another topic": () => (channel.topic = "SEV9"),
      "a bookmark twice": () => channel.bookmarks.push(...channel.bookmarks),
      "the link twice in one place": () =>
        state.channel(link.channel)?.messages.push({ ...link, ts: "1800000000.000200" }),
      "no link": () => {
        for (const { messages } of state.channels.values())
          for (const message of messages) if (message.text === link.text) message.text = "";
      },
      "a member less": () => channel.members.delete(bob),
    };
    let before = await formOf(world);
    for (const [what, change] of Object.entries(changes)) {
      change();
      const after = await formOf(world);
      expect({ what, differs: differences(before, after).length > 0 }).toEqual({ what, differs: true });
      before = after;
    }
  });

  it("shows what the record holds otherwise", async () => {
    await using world = await incident();
    const before = await formOf(world);
    await world.as("bob").in(`#${name}`).unreacts("pushpin", "error rate climbing");
    await world.ws.settle();
    const found = differences(before, await formOf(world));
    expect(found).toContainEqual(expect.stringMatching(/^lost: INC-1 record .*pushpin true/));
    expect(found).toContainEqual(expect.stringMatching(/^lost: INC-1 post-mortem .*error rate climbing/));
  });
});

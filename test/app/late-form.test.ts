import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Actor } from "../../src/workspace/people.ts";
import { aftermath } from "./aftermath.ts";
import { watchedWorld } from "./every-button.ts";

const channel = "inc-1-checkout-500s";
const typed = "zebra crossing";

/** How each form comes to stand open before somebody. */
const forms: Record<string, (alice: Actor) => Promise<unknown>> = {
  update: (alice) => alice.types("/incident update"),
  assess: (alice) => alice.types("/incident assess"),
  severity: (alice) => alice.clicks("Change severity"),
  title: (alice) => alice.clicks("Change title"),
  resolve: (alice) => alice.types("/incident resolve"),
  mitigate: async (alice) => {
    await alice.types("/incident mitigate");
    await alice.clicks("Emergency fix");
  },
  decide: (alice) => alice.types("/incident decide"),
  role: (alice) => alice.types("/incident role"),
  handover: async (alice) => {
    await alice.types("/incident lead");
    await alice.types("/incident handover");
  },
  ask: (alice) => alice.types("/incident ask"),
  action: (alice) => alice.types("/incident action"),
  log: (alice) => alice.types("/incident log"),
  page: (alice) => alice.types("/incident page"),
  cancel: (alice) => alice.clicks("Cancel or same as another"),
  entry: async (alice) => {
    await alice.types("/incident log 14:30 Deployed");
    await alice.types("/incident timeline");
    await alice.clicks("Edit");
  },
  noRollback: (alice) => alice.clicks("Not possible because…"),
};

const ends: Record<string, (bob: Actor) => Promise<unknown>> = {
  resolved: (bob) => bob.types("/incident resolve walrus"),
  cancelled: (bob) => bob.types("/incident cancel walrus"),
  "resolved and reopened": async (bob) => {
    await bob.types("/incident resolve walrus");
    await bob.types("/incident reopen it came back");
  },
};

const inputSchema = z.looseObject({
  element: z.looseObject({ type: z.string() }),
  label: z.looseObject({ text: z.string() }),
});

/** Types into every field that takes words, and chooses the first of what must be chosen. */
async function fillAll(alice: Actor): Promise<void> {
  for (const block of alice.modal()?.view.blocks ?? []) {
    if (block.type !== "input") continue;
    const { element, label } = inputSchema.parse(block);
    const name = label.text;
    if (element.type === "plain_text_input" && !/UTC|When|How many|Within|same as/.test(name))
      await alice.fills({ [name]: typed });
    const chosen = alice.modal()?.values[name];
    if (chosen) continue;
    const [first] = alice.modal()?.options[name] ?? [];
    if (element.type === "static_select" && first !== undefined) await alice.fills({ [name]: first });
    if (element.type === "users_select") await alice.fills({ [name]: "@carol" });
  }
}

describe.each(Object.entries(ends))("a form that was open when its incident was %s", (_end, end) => {
  it.each(Object.entries(forms))("%s: loses nothing that was typed", async (name, open) => {
    const { world, errors } = await watchedWorld({ people: ["alice", "bob", "carol"] });
    await using _ = world;
    const { ws } = world;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await ws.settle();
    const alice = world.as("alice").in(`#${channel}`);
    const bob = world.as("bob").in(`#${channel}`);
    await bob.joins();
    await world.as("carol").in(`#${channel}`).joins();
    if (name === "noRollback") await ws.clock.advance("17m");
    await open(alice);
    await ws.settle();
    await fillAll(alice);
    await end(bob);
    await ws.settle();
    await alice.submits();
    await ws.settle();
    const stays = JSON.stringify(alice.modal()?.values ?? {}).includes(typed);
    const api = await world.api("/api/incidents/INC-1/postmortem.md");
    const record = `${await world.transcript(channel)}\n${await api.text()}`;
    expect(errors).toEqual([]);
    // Two of them hold no words.
    expect(stays || record.includes(typed) || ["role", "handover"].includes(name)).toBe(true);
    expect(record).toContain("walrus");
    expect(await aftermath(world)).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { loadRecordConfig } from "../../src/config.ts";
import type { Command } from "../../src/domain/command.ts";
import { handle } from "../../src/handle.ts";
import { createLog } from "../../src/log.ts";
import { Receiver } from "../webhooks/receiver.ts";
import { World, type WorldOptions } from "./world.ts";

const channel = "inc-1-checkout-500s";
const minute = 60_000;

interface Story extends Omit<WorldOptions, "settings"> {
  /** What each step calls, five minutes apart; a name stands for that person. */
  steps?: string[][];
  policy?: string;
  more?: string;
}

/** A world with a receiver beside it. */
async function open({ steps = [["webhook:pagerduty"]], policy = "", more = "", ...options }: Story = {}) {
  const pager = await Receiver.listen();
  const world = await World.open({
    people: ["alice", "bob", "carol"],
    channels: ["general", "incidents", "leadership"],
    settings: (id) => `${pager.settings}${more}escalation:
  default:
    ${policy}
    steps:
${steps.map((notify, index) => `      - { after: ${index * 5}m, notify: [${notify.map((each) => (each.includes(":") ? `"${each}"` : `"user:${id(each)}"`)).join(", ")}] }`).join("\n")}
`,
    env: pager.env,
    ...options,
    app: { wire: { webhookTimeout: 300 }, ...options.app },
  });
  const stack = new AsyncDisposableStack();
  stack.use(pager);
  stack.use(world);
  return { pager, world, ws: world.ws, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

type Open = Awaited<ReturnType<typeof open>>;

async function declare({ world, ws }: { world: World; ws: World["ws"] }, words = "sev2 checkout 500s") {
  await world.as("alice").in("#general").types(`/incident declare ${words}`);
  await ws.settle();
}

/** Does something so many minutes from now, while the clock runs on. */
const later = <T>(ws: World["ws"], minutes: number, act: () => T | Promise<T>): Promise<T> =>
  ws.clock.sleepUntil(ws.clock.now() + minutes * minute, "dispatch").then(act);

/** Declares, and acts a minute after the first call to a webhook has come; what goes on meanwhile, goes on. */
async function aMinuteOn<T>(story: Open, act: () => T | Promise<T>): Promise<T> {
  const { world, ws, pager } = story;
  await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
  await pager.came(1);
  const acted = later(ws, 1, act);
  await ws.clock.advance("1m");
  return acted;
}

/** On the same database, as the command line does it. */
async function atTheShell(
  { app, ws, folder }: World,
  act: { type: "Acknowledge" } | { type: "Resolve" },
): Promise<void> {
  const loaded = loadRecordConfig({ env: {}, cwd: folder });
  if (!loaded.ok) throw new Error(loaded.faults.join());
  const command: Command = { ...act, at: ws.clock.now(), actor: { kind: "cli", user: "root" }, incident: 1 };
  const outcome = await handle({ store: app.store, rules: loaded.config.rules }, command);
  if (!outcome.ok) throw new Error(outcome.refusal.sentence);
}

describe("a step that names a webhook", () => {
  it("calls PagerDuty with what is known, which hears once that somebody has it and once that it is over", async () => {
    await using story = await open();
    const { world, ws, pager } = story;
    await declare(story, "sev2 checkout 500s <b> & co");
    expect(pager.complaints).toEqual([]);
    expect(pager.acts).toEqual(["trigger"]);
    expect(pager.taken[0]?.body).toMatchObject({
      payload: {
        summary: "INC-1 checkout 500s <b> & co (SEV2)",
        severity: "error",
        timestamp: "2024-02-15T14:36:00.000Z",
        custom_details: { incident: "INC-1", status: "INVESTIGATING" },
      },
    });
    const inc = ws.channels().find((name) => name.startsWith("inc-1")) ?? "";
    expect(await world.transcript(inc)).toContain("Calling webhook pagerduty, step 1 of default");
    expect(await world.transcript(inc)).toContain("Called: webhook pagerduty");
    await world.as("bob").in(`#${inc}`).joins();
    await world.as("bob").in(`#${inc}`).types("/incident ack");
    await world.as("alice").in(`#${inc}`).types("/incident ack");
    await ws.settle();
    await world.as("alice").in(`#${inc}`).types("/incident resolve Done");
    await ws.settle();
    expect(pager.acts).toEqual(["trigger", "acknowledge", "resolve"]);
    expect(new Set(pager.taken.map(({ key }) => key)).size).toBe(1);
    const incident = await world.app.store.incident(1);
    expect(incident?.escalation.calls[0]?.webhooks).toEqual([
      { name: "pagerduty", delivery: "delivered", at: expect.any(Number), failure: null },
    ]);
    const exported = await world.api("/api/incidents/INC-1/postmortem.md");
    expect(await exported.text()).toMatch(/Called webhook pagerduty by policy default, step 1; taken after/);
  });

  it("calls a signed one, each time under a key of its own", async () => {
    await using story = await open({ steps: [["webhook:pager"]] });
    await declare(story);
    await story.world.as("alice").in(`#${channel}`).types("/incident ack");
    await story.ws.settle();
    expect(story.pager.complaints).toEqual([]);
    expect(story.pager.taken.map(({ act, key }) => [act, key])).toEqual([
      ["trigger", "1:webhook:pager:trigger:0.0"],
      ["acknowledge", expect.stringMatching(/^1:webhook:pager:acknowledge:\d+$/)],
    ]);
    expect(story.pager.taken[0]?.body).toMatchObject({
      incident: "INC-1",
      title: "checkout 500s",
      severity: "SEV2",
    });
  });

  it("tells it again when it is called again after it was resolved, not by the reopening", async () => {
    await using story = await open();
    const { world, ws, pager } = story;
    await declare(story);
    const alice = world.as("alice").in(`#${channel}`);
    await alice.types("/incident resolve Done");
    await ws.settle();
    await alice.types("/incident reopen It is back");
    await ws.settle();
    expect(pager.acts).toEqual(["trigger", "resolve"]);
    await alice.types("/incident escalate");
    await ws.settle();
    expect(pager.acts).toEqual(["trigger", "resolve", "trigger"]);
    await alice.types("/incident cancel False alarm");
    await ws.settle();
    expect(pager.acts).toEqual(["trigger", "resolve", "trigger", "resolve"]);
  });
});

describe("while Slack is away, a webhook", () => {
  it("is called at its time, and told what is done at the shell", async () => {
    await using story = await open({ steps: [["bob"], ["webhook:pagerduty"]] });
    const { world, ws, pager } = story;
    await declare(story);
    ws.faults.setAway(true);
    const told = later(ws, 6, async () => {
      const acts = pager.acts;
      await atTheShell(world, { type: "Acknowledge" });
      return acts;
    });
    const back = later(ws, 8, () => {
      ws.faults.setAway(false);
      return pager.acts;
    });
    await ws.clock.advance("10m");
    expect(await told).toEqual(["trigger"]);
    expect(await back).toEqual(["trigger", "acknowledge"]);
    await atTheShell(world, { type: "Resolve" });
    await ws.settle();
    expect(pager.acts).toEqual(["trigger", "acknowledge", "resolve"]);
    // Somebody has it by the time Slack is back: what calls for help is not shown any more.
    expect(await world.transcript(channel)).not.toContain("webhook pagerduty, step 2");
    const call = (await world.app.store.incident(1))?.escalation.calls[1];
    // At the very instant, and not when Slack is next asked whether it is back.
    expect(call?.webhooks[0]?.at).toBe(call?.at);
  });

  it.each(["http", "socket"] as const)(
    "is called by a Sitrep that starts meanwhile over %s",
    async (transport) => {
      await using story = await open({ transport, steps: [["bob"], ["webhook:pagerduty"]] });
      const { world, ws, pager } = story;
      await declare(story);
      await world.stopApp();
      ws.faults.setAway(true);
      await world.startApp();
      const told = later(ws, 6, () => {
        ws.faults.setAway(false);
        return [...pager.acts];
      });
      await ws.clock.advance("7m");
      expect(await told).toEqual(["trigger"]);
      expect(pager.complaints).toEqual([]);
    },
  );
});

describe("a webhook that is down", () => {
  it("is said so after a few tries, the next step comes at once, and it is reached once it is back", async () => {
    await using story = await open({ steps: [["webhook:pagerduty"], ["carol"]] });
    const { world, ws, pager } = story;
    pager.always({ answer: 500 });
    const { carol, ready, tries } = await aMinuteOn(story, async () => {
      const carol = world.as("carol").directMessages();
      const ready = await (await world.api("/readyz")).text();
      pager.always();
      return { carol, ready, tries: pager.calls.length };
    });
    await ws.settle();
    expect(carol).toContain("You are needed: INC-1");
    expect(ready).toContain("pagerduty takes no call since 2024-02-15T14:36:00.000Z (HTTP 500)");
    expect(JSON.parse(ready)).toMatchObject({ ready: true });
    expect(tries).toBeGreaterThan(3);
    expect(pager.acts).toEqual(["trigger"]);
    const told = await world.transcript(channel);
    expect(told).toContain("The next step came at once.");
    expect(told).toMatch(/webhook pagerduty was reached after all, at 14:3[78] UTC/);
    const events = (await world.app.store.events(1)).map(({ event }) => event);
    const missed = events.find(({ type }) => type === "WebhookMissed");
    expect(((missed?.at ?? 0) - Date.parse("2024-02-15T14:36:00Z")) / 1000).toBeLessThan(10);
    expect(events.filter(({ type }) => type.startsWith("Webhook")).map(({ type }) => type)).toEqual([
      "WebhookMissed",
      "WebhookReached",
    ]);
  });

  it("says so in the channel while it lasts, and is not called any more once somebody has it", async () => {
    await using story = await open({ steps: [["webhook:pagerduty"], ["carol"]] });
    const { world, ws, pager } = story;
    pager.always({ answer: "cut" });
    const told = await aMinuteOn(story, async () => {
      const told = ws.channel(channel).transcript();
      await world.as("carol").in("@sitrep").clicks("Ack");
      pager.always();
      return told;
    });
    await ws.clock.advance("2m");
    expect(told).toContain("Not reached: webhook pagerduty, it does not take the call (");
    expect(told).toContain("webhook pagerduty is tried further.");
    // It may have heard something, so it hears that somebody has it.
    expect(pager.acts).toEqual(["acknowledge"]);
  });

  it("and never heard of it is not told that it is over either", async () => {
    await using story = await open({ steps: [["webhook:pagerduty"], ["carol"]] });
    const { world, ws, pager } = story;
    pager.always({ answer: 429 });
    await aMinuteOn(story, async () => {
      await world.as("carol").in("@sitrep").clicks("Ack");
      pager.always();
    });
    await ws.clock.advance("2m");
    await world.as("carol").in(`#${channel}`).types("/incident resolve Done");
    await ws.settle();
    expect(pager.acts).toEqual([]);
    const incident = await world.app.store.incident(1);
    expect(incident?.escalation.calls[0]?.webhooks[0]?.delivery).toBe("spared");
  });

  it.each([400, 403, 302])(
    "for good, with HTTP %i, is said so at once and not called again",
    async (answer) => {
      await using story = await open({ steps: [["webhook:pagerduty"], ["carol"]] });
      const { world, pager } = story;
      pager.always({ answer });
      await declare(story);
      expect(pager.calls).toEqual([`trigger ${answer}`]);
      const told = await world.transcript(channel);
      expect(told).toContain(`Refused: Calling the webhook pagerduty was not possible: HTTP ${answer}.`);
      expect(told).not.toContain("Slack refused");
      expect(await (await world.api("/readyz")).text()).toContain("1 refused: 1:webhook:pagerduty:");
      expect(told).toContain(`Not reached: webhook pagerduty, it refused the call (HTTP ${answer})`);
      expect(world.as("carol").directMessages()).toContain("You are needed");
      pager.always();
      await world.as("carol").in(`#${channel}`).types("/incident ack");
      await story.ws.settle();
      expect(pager.acts).toEqual([]);
    },
  );

  it("holds back neither Slack nor another webhook", async () => {
    await using story = await open({ steps: [["webhook:pagerduty", "webhook:pager"]] });
    const { world, ws, pager } = story;
    const silence = pager.silences("/v2/enqueue");
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
    await silence.met;
    while (pager.taken.length === 0 || !ws.channel(channel).transcript().includes("Calling webhook"))
      await new Promise(setImmediate);
    expect(pager.acts).toEqual(["trigger"]);
    silence.end();
    await ws.settle();
    expect(pager.acts).toEqual(["trigger", "trigger"]);
  });

  it("that asks to wait for long counts as down at once, and is not called before that", async () => {
    await using story = await open({ steps: [["webhook:pagerduty"], ["carol"]] });
    const { world, ws, pager } = story;
    pager.next({ answer: 429, retryAfter: 120 });
    const [carol, calls] = await aMinuteOn(
      story,
      () => [world.as("carol").directMessages(), pager.calls.length] as const,
    );
    await ws.clock.advance("3m");
    expect(carol).toContain("You are needed");
    expect(calls).toBe(1);
    expect(pager.calls).toEqual(["trigger 429", "trigger 202"]);
  });
});

describe("a call whose end nobody knows", () => {
  it.each(["silence", "cut", 500] as const)("(%s) is repeated under the same key", async (answer) => {
    await using story = await open({ steps: [["webhook:pager", "webhook:pagerduty"]] });
    const { pager } = story;
    pager.next({ answer, after: true }, { answer, after: true });
    await declare(story);
    expect(pager.taken).toHaveLength(4);
    expect(new Set(pager.taken.map(({ key }) => key)).size).toBe(2);
    expect(pager.complaints).toEqual([]);
  });

  it.each([true, false])(
    "by a Sitrep that was killed (it had its effect: %s) is repeated under the same key",
    async (after) => {
      await using story = await open();
      const { world, ws, pager } = story;
      pager.next({ answer: "silence", after });
      await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s");
      await pager.came(1);
      await world.stopApp(0);
      await world.startApp();
      await ws.settle();
      expect(pager.acts).toEqual(after ? ["trigger", "trigger"] : ["trigger"]);
      expect(new Set(pager.taken.map(({ key }) => key)).size).toBe(1);
      const incident = await world.app.store.incident(1);
      expect(incident?.escalation.calls[0]?.webhooks[0]?.delivery).toBe("delivered");
    },
  );
});

describe("the log", () => {
  it("holds nothing of where a webhook is and of what lets Sitrep in, whatever goes wrong", async () => {
    await using story = await open({ steps: [["webhook:pagerduty", "webhook:pager"]], started: false });
    const { world, ws, pager } = story;
    const lines: string[] = [];
    const log = createLog({ level: "trace", to: { write: (line) => void lines.push(line) } });
    await world.startApp({ log });
    pager.next({ answer: 500 }, { answer: "cut" }, { answer: "silence" }, { answer: 400 }, { answer: 302 });
    await declare(story);
    await world.as("alice").in(`#${channel}`).types("/incident resolve Done");
    await ws.settle();
    const told = lines.join("");
    expect(told).toContain("1:webhook:pagerduty:trigger:0.0");
    expect(told).toContain("HTTP 500");
    for (const part of [pager.routingKey, pager.secret, pager.url, "/v2/enqueue", "v1="])
      expect(told).not.toContain(part);
  });
});

describe("a private incident", () => {
  it("gives a webhook the neutral sentence, and nothing that tells", async () => {
    await using story = await open({ steps: [["webhook:pagerduty", "webhook:pager"]] });
    const { world, ws, pager } = story;
    await world.as("alice").in("#general").types("/incident declare sev1 leaked customer list --private");
    await ws.settle();
    await world
      .as("alice")
      .in(`#${ws.channels().find((name) => name.startsWith("inc-1")) ?? ""}`)
      .types("/incident ack");
    await ws.settle();
    expect(pager.complaints).toEqual([]);
    expect(pager.taken).toHaveLength(4);
    const said = JSON.stringify(pager.taken.map(({ body, key }) => [body, key]));
    expect(said).toContain("Sitrep: you are needed, open Slack");
    for (const part of ["INC-1", "leaked", "customer", "alice", "SEV1", "slack.com", "1:webhook", "inc-1"])
      expect(said).not.toContain(part);
  });
});

describe("a drill", () => {
  it("calls no webhook and says that it would", async () => {
    await using story = await open();
    const { world, ws, pager } = story;
    await world.as("alice").in("#general").types("/incident declare sev2 checkout 500s --drill");
    await ws.settle();
    const inc = ws.channels().find((name) => name.includes("checkout")) ?? "";
    expect(await world.transcript(inc)).toContain("Would call webhook pagerduty, step 1 of default");
    await world.as("alice").in(`#${inc}`).types("/incident resolve Done");
    await ws.settle();
    expect(pager.calls).toEqual([]);
  });
});

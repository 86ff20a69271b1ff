import { bot, slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { type Effect, isTimer, isWebhook, type SlackEffect } from "../../src/domain/effect.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { words } from "../../src/domain/words.ts";
import type { Performed, SlackClaim } from "../../src/dispatch/performer.ts";
import { handle, handleFact } from "../../src/handle.ts";
import { boltLogger } from "../../src/slack/bolt-logger.ts";
import type { Caller } from "../../src/slack/calls.ts";
import { createClients } from "../../src/slack/clients.ts";
import { createPerformer, type SlackPerformer } from "../../src/slack/perform.ts";
import type { Store } from "../../src/store/port.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { rules as usualRules } from "../domain/given.ts";

export const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One end of an attempt, as it was settled. */
export interface Ended {
  type: Effect["type"];
  key: string;
  performed: Performed;
}

export interface Played extends AsyncDisposable {
  ws: Workspace;
  store: Store;
  performer: SlackPerformer;
  ended: Ended[];
  /** Bodies that went to response URLs. */
  responses: unknown[];
  act: (command: Act, options?: { responseUrl?: string }) => Promise<void>;
  /** Performs what is due, again and again until nothing is, as a dispatcher would that waits for nothing but `Retry-After`. */
  drain: () => Promise<void>;
}

type Act = Command extends infer Each
  ? Each extends Command
    ? Omit<Each, "at" | "actor"> & { by?: string }
    : never
  : never;

export interface PlayOptions {
  rules?: Rules;
  /** Status that response URLs answer with; an error is thrown. */
  responseUrl?: () => number | Error;
  /** Wire milliseconds. */
  timeout?: number;
  channels?: string[];
  token?: Caller["token"];
}

/** A performer on a database and a workspace of its own; nothing listens to the workspace's events. */
export async function play(options: PlayOptions = {}): Promise<Played> {
  const rules = options.rules ?? usualRules;
  const ws = await Workspace.start({
    people: ["alice", "bob"],
    manifest: "manifest.yml",
    start: "2024-02-15T14:36:00Z",
    rateLimits: false,
    ...(options.channels && { channels: options.channels }),
  });
  const store = await openSqliteStore({
    path: ":memory:",
    serve: false,
    wireNow: () => 0,
    sleep: async () => {},
  });
  const responses: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    if (!String(url instanceof Request ? url.url : url).startsWith("https://hooks.slack.com/"))
      return globalThis.fetch(url, init);
    const answer = options.responseUrl?.() ?? 200;
    if (answer instanceof Error) throw answer;
    if (answer === 200) responses.push(typeof init?.body === "string" ? JSON.parse(init.body) : undefined);
    return new Response("ok", { status: answer });
  };
  const timeout = options.timeout ?? 10_000;
  const { botToken, botUserId } = ws.installation;
  const { dispatch: client } = createClients({
    botToken,
    apiUrl: ws.env()["SLACK_API_URL"],
    fetch,
    logger: boltLogger(quiet),
    timeout,
  });
  const handling = { store, rules };
  const performer = createPerformer({
    client,
    store,
    rules,
    clock: ws.clock,
    auth: { botUserId, teamUrl: "https://acme.slack.com/" },
    fetch,
    timeout,
    token: options.token,
    recordFact: (fact) => handleFact(handling, fact),
    caughtUp: () => {},
    exportPostmortem: async (incident) => ({
      filename: `INC-${incident}.md`,
      markdown: `# Post-mortem – INC-${incident}\n`,
    }),
  });
  const ended: Ended[] = [];
  const now = () => ws.clock.now();
  const drain = async (): Promise<void> => {
    for (let turn = 0; ; turn++) {
      if (turn > 300) throw new Error(`still retrying: ${JSON.stringify(ended.at(-1))}`);
      const [due] = await store.due({ now: now(), limit: 1 });
      if (!due) return;
      const [claimed] = await store.claim({ now: now(), token: "t", leasedUntil: 1, ids: [due.id] });
      if (!claimed) throw new Error(`row ${due.id} is due but was not claimed`);
      const { effect } = claimed;
      if (isTimer(effect) || isWebhook(effect)) {
        const outcome = { as: "skipped", why: "nobody waits for it here" } as const;
        await store.commit({ at: now(), settle: { id: claimed.id, token: "t", outcome } });
        continue;
      }
      const performed = await performer.perform({ ...claimed, effect });
      ended.push({ type: effect.type, key: claimed.key, performed });
      const settle = { id: claimed.id, token: "t" };
      if (performed.as === "done" || performed.as === "more") {
        const { as, result, people, meta } = performed;
        const beside = {
          settle: { ...settle, outcome: { as } },
          ...(people && { people }),
          ...(meta && { meta }),
        };
        if (result) await handle(handling, result, beside);
        else await store.commit({ at: now(), ...beside });
      } else if (performed.as === "retry") {
        const { error, sure, after = 0 } = performed;
        ws.clock.jump(after);
        await store.commit({
          at: now(),
          settle: { ...settle, outcome: { as: "retry", error, sure, at: now() } },
        });
      } else if (performed.as === "dead") {
        const { error, sentence } = performed;
        const outcome = { as: "dead", error } as const;
        const incident = claimed.incident ?? 0;
        await handle(
          handling,
          { type: "NoteEffectRefused", at: now(), actor: bot, incident, key: claimed.key, error, sentence },
          { settle: { ...settle, outcome } },
        );
      } else {
        await store.commit({ at: now(), settle: { ...settle, outcome: performed } });
      }
    }
  };
  return {
    ws,
    store,
    performer,
    ended,
    responses,
    async act({ by, ...command }, handlingOptions = {}) {
      const person = by === undefined ? undefined : ws.state.personNamed(by);
      const actor = person ? slackUser(person.id) : bot;
      const outcome = await handle(handling, { ...command, at: now(), actor }, handlingOptions);
      if (!outcome.ok) throw new Error(`${command.type}: ${outcome.refusal.sentence}`);
    },
    drain,
    async [Symbol.asyncDispose]() {
      await ws.stop();
      await store[Symbol.asyncDispose]();
    },
  };
}

export const channelName = "inc-1-checkout-500s";
const text = (id: string, body: string) => words(id, body);

export const declare = {
  type: "Declare",
  by: "alice",
  number: 1,
  title: text("w1", "checkout 500s"),
  severity: "SEV2",
} as const;

/** An incident from declaration to post-mortem, with every kind of effect in it. */
export async function playTheLine(played: Played): Promise<void> {
  const { ws, store, act, drain } = played;
  await act(declare, { responseUrl: "https://hooks.slack.com/commands/T1/1" });
  await drain();
  await act({
    type: "LogEntry",
    by: "bob",
    incident: 1,
    entry: "e1",
    happenedAt: ws.clock.now(),
    text: text("w2", "rolled back"),
  });
  await act({
    type: "PublishUpdate",
    by: "alice",
    incident: 1,
    currentAction: text("w3", "rolling back"),
    status: "MITIGATING",
  });
  await drain();
  const { channel } = (await store.incident(1)) ?? {};
  if (!channel) throw new Error("no channel");
  const alice = ws.state.personNamed("alice")?.id ?? "";
  const said = ws.state.postMessage({ channel: channel.id, user: alice, text: "error rate is falling" });
  if (!said.ok) throw new Error(said.error);
  const about = { incident: 1, channel: channel.id, ts: said.value.ts, recordedAt: ws.clock.now() };
  const handling = { store, rules: usualRules };
  await handleFact(handling, {
    ...about,
    type: "MessageSaid",
    author: alice,
    text: "error rate is falling",
    threadTs: null,
    files: [],
    editedTs: "",
  });
  await mark(played, about.ts, true);
  await drain();
  const due = (await store.incident(1))?.nextDue ?? 0;
  await act({ type: "RemindUpdate", incident: 1, due, keyEntries: [] });
  await drain();
  await act({ type: "PostDraft", by: "bob", incident: 1, due });
  await drain();
  await act({ type: "Resolve", by: "bob", incident: 1, fix: text("w4", "rolled back to v2.3.1") });
  await drain();
  await act({
    type: "WriteSections",
    by: "alice",
    incident: 1,
    sections: { rootCause: text("w5", "a retry storm") },
  });
  await drain();
}

export async function mark({ ws, store }: Played, ts: string, present: boolean): Promise<void> {
  const channel = (await store.incident(1))?.channel?.id ?? "";
  const person = ws.state.personNamed("bob")?.id ?? "";
  await handleFact(
    { store, rules: usualRules },
    {
      type: "MarkChanged",
      incident: 1,
      channel,
      ts,
      recordedAt: ws.clock.now(),
      person,
      kind: "pushpin",
      present,
      eventTs: present ? "1.000001" : "1.000002",
    },
  );
}

/** Everything that people can see, so that two runs can be compared. */
export function seenIn({ ws, responses }: Played): object {
  return {
    channels: ws.channels(),
    transcripts: ws.channels().map((name) => ws.channel(name).transcript()),
    members: ws.channels().map((name) => ws.channel(name).members),
    pins: ws.channels().map((name) => ws.channel(name).pins.map((pin) => pin.text)),
    counts: ws.channels().map((name) => ws.channel(name).messages.length),
    direct: [...ws.state.channels.values()]
      .filter(({ kind }) => kind === "im")
      .map(({ messages }) => messages.map((one) => one.text)),
    shared: ws.files.filter((file) => file.completed).map((file) => [file.name, file.channels]),
    responses,
  };
}

/** The message is on record, as when its event has come. */
export async function record({ ws, store }: Played, ts: string, author: string): Promise<void> {
  const channel = (await store.incident(1))?.channel?.id ?? "";
  await handleFact(
    { store, rules: usualRules },
    {
      type: "MessageSaid",
      incident: 1,
      channel,
      ts,
      recordedAt: ws.clock.now(),
      author,
      text: "alerts fired",
      threadTs: null,
      files: [],
      editedTs: "",
    },
  );
}

/** As a dispatcher hands it to a performer. */
export const claimed = (effect: SlackEffect, more: Partial<Omit<SlackClaim, "effect">> = {}): SlackClaim => ({
  id: 1,
  key: `test:${effect.type}`,
  token: "t",
  incident: 1,
  effect,
  target: "t",
  collapse: null,
  urgency: 1,
  dueAt: 0,
  timer: false,
  attempts: 1,
  // Never late, whatever the time is.
  createdAt: Number.MAX_SAFE_INTEGER,
  suspectSince: null,
  secret: null,
  retries: 0,
  ...more,
});

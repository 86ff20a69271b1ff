import type { Outgoing, Timer } from "../../src/domain/effect.ts";
import { urgencies } from "../../src/domain/effect.ts";
import type { IncidentEvent } from "../../src/domain/event.ts";
import { fold } from "../../src/domain/evolve.ts";
import type { MessageRecord } from "../../src/domain/record.ts";
import type { Words } from "../../src/domain/words.ts";
import { words } from "../../src/domain/words.ts";
import { slackUser } from "../../src/domain/actor.ts";
import type { Write } from "../../src/store/port.ts";

const alice = slackUser("U1");

export const declared = (
  number: number,
  data: { title?: Words; severity?: "SEV1" | "SEV2" } = {},
): IncidentEvent => ({
  type: "IncidentDeclared",
  at: 1000,
  actor: alice,
  data: {
    number,
    title: data.title ?? words(`title:${number}`, "checkout 500s"),
    severity: data.severity ?? "SEV2",
    provisional: false,
    channelName: `inc-${number}`,
    announce: true,
    private: false,
    drill: false,
    services: [],
    impact: null,
    template: "",
    nextUpdate: null,
  },
});

export const channelOpened = (channel: string): IncidentEvent => ({
  type: "ChannelOpened",
  at: 1001,
  actor: { kind: "bot" },
  data: { channel, name: "inc-1" },
});

export const logged = (entry: string, text: Words): IncidentEvent => ({
  type: "EntryLogged",
  at: 1002,
  actor: alice,
  data: { entry, happenedAt: 900, text },
});

export const resolved: IncidentEvent = {
  type: "IncidentResolved",
  at: 2000,
  actor: alice,
  data: { recovered: { at: 1900, assumed: false }, fix: words("fix", "rolled back"), dataLoss: null },
};

/** `news` after `before`, as one write. */
export function history(
  number: number,
  before: IncidentEvent[],
  news: IncidentEvent[],
): NonNullable<Write["incident"]> {
  const state = fold([...before, ...news]);
  if (!state) throw new Error("an incident has at least one event");
  return { number, expected: before.length, events: news, state };
}

export const incident = (number: number, more: IncidentEvent[] = []): NonNullable<Write["incident"]> =>
  history(number, [], [declared(number), ...more]);

export const message = (change: Partial<MessageRecord> = {}): MessageRecord => ({
  incident: 1,
  channel: "C1",
  ts: "1000.000100",
  version: 1,
  said: true,
  author: "U1",
  threadTs: null,
  files: [],
  revisions: [{ editedTs: "", text: words(`message:${change.ts ?? "1000.000100"}`, "error rate climbing") }],
  deletedAt: null,
  deletionNoticed: false,
  recordedAt: 1000,
  marks: [],
  ...change,
});

export const effect = (key: string, change: Partial<Outgoing> = {}): Outgoing => ({
  key,
  incident: 1,
  effect: { type: "EditMessage", incident: 1, slot: "card" },
  target: key,
  collapse: null,
  urgency: urgencies.normal,
  dueAt: 1000,
  timer: false,
  ...change,
});

export const timer = (
  key: string,
  dueAt: number,
  named: Timer = { type: "RemindUpdate", incident: 1, due: dueAt },
): Outgoing => effect(key, { effect: named, dueAt, timer: true });

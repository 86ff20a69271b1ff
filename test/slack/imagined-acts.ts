import { losses } from "../../src/domain/access/state.ts";
import fc from "fast-check";
import type { Command, CommandNamed } from "../../src/domain/command.ts";
import { timedStages } from "../../src/domain/corrections/commands.ts";
import { runningMitigation } from "../../src/domain/mitigation/state.ts";
import { stepsOf } from "../../src/domain/runbooks/document.ts";
import {
  businessImpacts,
  dataLossAnswers,
  detectors,
  liveStatuses,
  mitigationOptions,
  mitigationResults,
  roles,
  scopes,
  severities,
  trends,
  userImpacts,
  writtenSections,
} from "../../src/domain/vocab.ts";
import type { Words } from "../../src/domain/words.ts";
import { actorOf, type ImaginedIncident } from "./imagined-incident.ts";

/** One act of somebody: which, by whom, on what, in what words, after how long. */
export interface Act {
  verb: keyof typeof acts;
  by: number;
  n: number;
  m: number;
  say: string;
  minutes: number;
}

interface Told {
  it: ImaginedIncident;
  act: Act;
  words: (body: string) => Words;
}

const nth = <Item>(items: readonly Item[], n: number): Item | undefined => items[n % items.length];
const pick = <Item>(items: readonly [Item, ...Item[]], n: number): Item =>
  items[n % items.length] ?? items[0];
const user = (n: number): string => `U${1 + (n % 6)}`;
const minute = 60_000;

type Asked = Command extends infer Each
  ? Each extends { incident: number }
    ? Omit<Each, "at" | "actor" | "incident">
    : never
  : never;

/** Everything that people can want of an incident, and facts of Slack's; null where there is nothing to want it of. */
export const acts = {
  update: ({ it, act: { n, m, say }, words }) => ({
    type: "PublishUpdate",
    ...(n % 2 ? { currentAction: words(say) } : {}),
    ...(n % 3 ? { impact: words(say) } : {}),
    ...(n % 5 ? {} : { status: pick(liveStatuses, m) }),
    ...(m % 7 ? {} : { nextUpdate: it.at + m * minute }),
    ...(m % 4 ? {} : { audiences: { support: words(say), management: m % 8 ? null : words(say) } }),
  }),
  status: ({ act }) => ({ type: "SetStatus", status: pick(liveStatuses, act.n) }),
  severity: ({ act: { n, m, say }, words }) => ({
    type: "SetSeverity",
    severity: pick(severities, n),
    ...(m % 3 ? { reason: words(say) } : {}),
  }),
  title: ({ act, words }) => ({ type: "SetTitle", title: words(act.say) }),
  draft: ({ it }) => (it.state.reminder ? { type: "PostDraft", due: it.state.reminder.due } : null),
  snooze: ({ it }) =>
    it.state.reminder ? { type: "SnoozeUpdate", due: it.state.reminder.due, minutes: 10 } : null,
  log: ({ it, act: { m, say }, words }) => ({
    type: "LogEntry",
    entry: it.fresh("e"),
    happenedAt: it.at - (m % 90) * minute,
    text: words(say),
  }),
  undo: ({ it, act }) => {
    const entry = nth(it.state.entries, act.n);
    return entry ? { type: "UndoEntry", entry: entry.id } : null;
  },
  resolve: ({ it, act: { n, m, say }, words }) => ({
    type: "Resolve",
    ...(n % 2 ? { fix: words(say) } : {}),
    ...(m % 3 ? {} : { recoveredAt: it.at - (m % 60) * minute }),
    ...(n % 3 ? {} : { rootCause: words(say) }),
    ...(m % 4 ? {} : { dataLoss: pick(dataLossAnswers, n) }),
    ...(n % 4 ? {} : { replaces: true }),
  }),
  write: ({ act: { n, m, say }, words }) => ({
    type: "WriteSections",
    sections: {
      [pick(writtenSections, n)]: words(say),
      ...(m % 2 ? { [pick(writtenSections, m)]: words(say) } : {}),
    },
    ...(m % 5 ? {} : { markdown: [pick(writtenSections, n)] }),
  }),
  export: ({ it, act: { n } }) => ({
    type: "ExportPostmortem",
    copy: it.fresh("c"),
    to: n % 2 ? user(n) : null,
  }),
  give: ({ it, act: { n, m } }) => ({
    type: "GiveRole",
    role: pick(roles, n),
    to: user(m),
    ...(n % 2 && it.state.roles.held.commander ? { from: it.state.roles.held.commander.user } : {}),
  }),
  notMe: ({ it, act }) => {
    const change = nth(it.state.roles.changes, act.n);
    return change ? { type: "DeclineRole", change: change.version } : null;
  },
  offer: ({ act }) => ({ type: "OfferCommand", to: user(act.n) }),
  answerOffer: ({ it, act }) => {
    const offer = it.state.roles.offers.at(-1);
    return offer ? { type: "AnswerOffer", offer: offer.id, accept: act.n % 3 > 0 } : null;
  },
  ask: ({ it, act: { m, say }, words }) => ({
    type: "AskPerson",
    ask: it.fresh("a"),
    to: user(m),
    text: words(say),
    within: m % 2 ? 5 * minute : null,
  }),
  answerAsk: ({ it, act }) => {
    const ask = nth(it.state.asks, act.m);
    return ask ? { type: "AnswerAsk", ask: ask.id, accept: act.n % 2 > 0 } : null;
  },
  finishAsk: ({ it, act, words }) => {
    const ask = nth(it.state.asks, act.m);
    return ask ? { type: "FinishAsk", ask: ask.id, ...(act.n % 2 && { result: words(act.say) }) } : null;
  },
  assess: ({ it, act: { n, m, say }, words }) => ({
    type: "AnswerAssessment",
    inForm: n % 2 > 0,
    answers: {
      ...(n % 3 ? {} : { userImpact: { answer: pick(userImpacts, m), users: m, said: words(say) } }),
      ...(n % 4
        ? {}
        : {
            businessImpact: {
              answers: businessImpacts.filter((_, at) => m & (1 << at)),
              amount: words(say),
              said: words(say),
            },
          }),
      ...(n % 5 ? {} : { scope: { answer: pick(scopes, m) } }),
      ...(n % 2 ? {} : { trend: { answer: pick(trends, m), since: it.at - 5 * minute } }),
      ...(n % 7 ? {} : { services: { added: [say, "checkout"], removed: [] } }),
    },
  }),
  accept: ({ it, act }) => {
    const proposed = it.state.assessment.proposal?.severity;
    return proposed ? { type: "AcceptSeverity", severity: proposed, reason: `r${it.at}${act.n}` } : null;
  },
  mitigate: ({ it, act: { n, m, say }, words }) => {
    const option = pick(mitigationOptions, n);
    const stage = pick<"decided" | "started" | "worked">(["decided", "started", "worked"], m);
    return {
      type: "RecordMitigation",
      mitigation: it.fresh("m"),
      option,
      what: words(say),
      ...(option === "fix" && m % 2 ? { whyNotRollback: words(say) } : {}),
      owner: m % 3 ? user(m) : null,
      stage,
      ...(stage === "started" && n % 2 ? { startedAt: it.at - 3 * minute } : {}),
    };
  },
  startMitigation: ({ it, act }) => {
    const tried = nth(it.state.mitigation.tried, act.n);
    return tried ? { type: "StartMitigation", mitigation: tried.id } : null;
  },
  finishMitigation: ({ it, act }) => {
    const tried = runningMitigation(it.state.mitigation) ?? nth(it.state.mitigation.tried, act.n);
    return tried
      ? { type: "FinishMitigation", mitigation: tried.id, result: pick(mitigationResults, act.m) }
      : null;
  },
  resume: ({ it, act }) => {
    const tried = nth(it.state.mitigation.tried, act.n);
    return tried ? { type: "ResumeMitigation", mitigation: tried.id } : null;
  },
  keep: ({ it, act }) => {
    const tried = nth(it.state.mitigation.tried, act.n);
    return tried ? { type: "KeepMitigation", mitigation: tried.id } : null;
  },
  noRollback: ({ act, words }) => ({ type: "RuleOutRollback", reason: words(act.say) }),
  decide: ({ it, act, words }) => ({ type: "RecordDecision", decision: it.fresh("d"), text: words(act.say) }),
  acknowledge: () => ({ type: "Acknowledge" }),
  escalate: ({ act, words }) => ({ type: "Escalate", ...(act.n % 2 ? { reason: words(act.say) } : {}) }),
  page: ({ act: { n, m, say }, words }) => ({
    type: "Page",
    whom: pick<CommandNamed<"Page">["whom"]>(
      [
        { target: { kind: "user", name: user(m) } },
        { target: { kind: "group", name: "sre" } },
        { target: { kind: "group", name: "nobody" } },
        { policy: "default" },
      ],
      n,
    ),
    ...(m % 2 ? { reason: words(say) } : {}),
  }),
  callNow: ({ it }) => ({ type: "BeginWalk", walk: it.state.escalation.walks.length - 1 }),
  dontCall: ({ it }) => ({ type: "DropWalk", walk: it.state.escalation.walks.length - 1 }),
  onIt: ({ it }) =>
    it.state.escalation.watch ? { type: "ConfirmStillOnIt", watch: it.state.escalation.watch.version } : null,
  runbook: ({ it, act: { n, m } }) => {
    const runbook = nth(it.rules.runbooks, n);
    return runbook
      ? {
          type: "PostRunbook",
          runbook: it.fresh("rb"),
          name: runbook.name,
          ...(m % 2 ? { again: true } : {}),
        }
      : null;
  },
  tick: ({ it, act: { n, m } }) => {
    const posted = nth(it.state.runbooks.posted, n);
    const step = nth(stepsOf(posted?.sections ?? []), m);
    if (!posted || !step) return null;
    const of = { runbook: posted.id, step: step.id };
    return n % 4 ? { type: "TickStep", ...of } : { type: "UntickStep", ...of };
  },
  correct: ({ it, act: { n, m, say }, words }) => {
    const entry = nth(it.state.entries, n);
    return entry
      ? {
          type: "CorrectEntry",
          entry: `entry:${entry.id}`,
          standsAt: it.state.corrections.entries[`entry:${entry.id}`]?.at ?? entry.at,
          ...(m % 2 ? { text: words(say) } : {}),
          ...(m % 3 ? {} : { happenedAt: it.at - (m % 30) * minute }),
          ...(m % 5 ? {} : { hidden: n % 2 > 0 }),
          ...(m % 7 ? {} : { useAs: pick(timedStages, n) }),
          ...(m % 11 ? {} : { detector: pick(detectors, n) }),
        }
      : null;
  },
  close: () => ({ type: "Close" }),
  waive: ({ act, words }) => ({ type: "Waive", reason: words(act.say) }),
  publish: () => ({ type: "PublishPostmortem" }),
  own: ({ act }) => ({ type: "OwnPostmortem", claim: act.n % 2 > 0 }),
  reopen: ({ act, words }) => ({ type: "Reopen", reason: words(act.say) }),
  cancel: ({ act, words }) => ({ type: "Cancel", reason: words(act.say) }),
  duplicate: ({ act }) => ({
    type: "MarkDuplicate",
    of: 2,
    other: act.n % 3 ? { number: 2, private: false, channel: "C2", duplicateOf: null } : null,
  }),
  related: ({ act }) => ({
    type: "NoteDuplicate",
    other: { number: 3 + (act.n % 20), channel: "C3" },
    same: act.m % 3 > 0,
  }),
  joinOther: () => ({ type: "JoinChannel" }),
  keepChannel: ({ it }) =>
    it.state.ending.archiving ? { type: "KeepChannel", due: it.state.ending.archiving.at } : null,
  addItem: ({ it, act: { m, say }, words }) => ({
    type: "AddActionItem",
    item: it.fresh("i"),
    text: words(say),
    owner: m % 3 ? user(m) : null,
    due: m % 2 ? "2024-02-20" : null,
  }),
  editItem: ({ it, act: { n, m, say }, words }) => {
    const item = nth(it.state.actionItems, n);
    return item
      ? {
          type: "EditActionItem",
          item: item.id,
          text: words(say),
          owner: m % 3 ? user(m) : null,
          due: m % 2 ? "2024-02-29" : null,
        }
      : null;
  },
  finishItem: ({ it, act: { n, m } }) => {
    const item = nth(it.state.actionItems, n);
    const types = ["FinishActionItem", "DropActionItem", "RestoreActionItem"] as const;
    return item ? { type: types[m % 3] ?? types[0], item: item.id } : null;
  },
  join: ({ act, words }) => ({
    type: "NoteMemberJoined",
    user: user(act.n),
    keyEntries: Array.from({ length: act.m % 6 }, (_, at) => ({
      at: 1_708_000_000_000 + at,
      text: words(act.say),
    })),
  }),
  leave: ({ act }) => ({ type: "NoteMemberLeft", user: user(act.n) }),
  uninvited: ({ act }) => ({
    type: "NoteInvitesRefused",
    refused: [{ user: user(act.n), error: pick(["user_not_found", "cant_invite"], act.m) }],
  }),
  notSame: () => ({ type: "DismissSimilar", of: 9 }),
  retry: () => ({ type: "RetryChannel" }),
  channel: ({ it, act }) => ({
    type: "NoteChannel",
    channel: it.state.channel?.id ?? "C0",
    seen: {
      lost: pick([...losses, null, null, null], act.n),
      closed: act.m % 5 === 0,
      name: pick(["inc-1-checkout", "checkout-down"], act.m),
    },
    needed: act.n % 2 === 0,
  }),
  person: ({ act }) => ({ type: "NotePerson", user: user(act.n), gone: act.m % 2 === 0 }),
  gone: ({ it, act }) => {
    const [slot, post] = nth(Object.entries(it.state.posts), act.n) ?? [];
    return slot !== undefined && post ? { type: "NoteMessageGone", slot, ts: post.ts, wanted: false } : null;
  },
  tryAgain: ({ it, act }) => {
    const trouble = nth(it.state.troubles, act.n);
    return trouble ? { type: "RetryEffect", key: trouble.key } : null;
  },
  triedAgain: ({ it, act }) => {
    const trouble = nth(it.state.troubles, act.n);
    const as = pick(["done", "unwanted"] as const, act.m);
    return trouble ? { type: "NoteRetryEnded", key: trouble.key, as } : null;
  },
  refused: ({ it, act: { n } }) => {
    const slot = nth([...it.slots], n);
    return slot === undefined
      ? null
      : {
          type: "NoteEffectRefused",
          key: `1:post:${slot}`,
          error: "channel_not_found",
          sentence: "Slack refused it.",
        };
  },
} satisfies Record<string, (told: Told) => Asked | null>;

/** Does it, unless there is nothing to do it to. */
export function perform(it: ImaginedIncident, act: Act, words: (body: string) => Words): void {
  const asked: Asked | null = acts[act.verb]({ it, act, words });
  if (asked) it.does(Object.assign({ at: it.at, actor: actorOf(act.by), incident: it.state.number }, asked));
  it.passes(act.minutes);
}

const verbs = Object.keys(acts) as Act["verb"][];
/** After them little else can happen, so they come seldom. */
const ends: readonly string[] = ["cancel", "duplicate", "close", "resolve", "archived"];
const lively = verbs.filter((verb) => !ends.includes(verb));

export const anyAct = (say: fc.Arbitrary<string>): fc.Arbitrary<Act> =>
  fc.record({
    verb: fc.constantFrom(...lively, ...lively, ...lively, "reopen", ...verbs),
    by: fc.nat(5),
    n: fc.nat(420),
    m: fc.nat(420),
    say,
    minutes: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(0, 0, 1, 3, 6) },
      { weight: 1, arbitrary: fc.constantFrom(30, 180, 24 * 60, 8 * 24 * 60) },
    ),
  });

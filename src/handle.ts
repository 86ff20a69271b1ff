import type { Command } from "./domain/command.ts";
import { decide } from "./domain/decide.ts";
import type { Answer, Refusal } from "./domain/decision.ts";
import { effectsOf } from "./domain/effects-of.ts";
import { eraseCopies } from "./domain/erase-copies.ts";
import type { IncidentEvent } from "./domain/event.ts";
import { evolve } from "./domain/evolve.ts";
import { type Incident, reference } from "./domain/incident.ts";
import { firstEntry } from "./domain/opening/first-entry.ts";
import { anybody, isVisibleTo } from "./domain/policy/visibility.ts";
import { mergeFact } from "./domain/merge-fact.ts";
import { emptyRecord, type MessageFact } from "./domain/record.ts";
import type { Rules } from "./domain/rules.ts";
import { messageEntry } from "./domain/timeline.ts";
import { refusedRows } from "./domain/troubles/effects.ts";
import { withFacts } from "./facts.ts";
import type { Person, Settlement, Store, Write } from "./store/port.ts";

export interface Handling {
  store: Store;
  rules: Rules;
  /** Told of every command that came from outside and is about no private incident, once it was decided; results of effects are dispatch's to tell. */
  observe?: (command: Command, outcome: Outcome) => void;
}

export interface HandlingOptions {
  /** Keys of the input (see `slack/keys.ts`): a repeat gets the first answer and changes nothing. */
  keys?: readonly string[];
  /** The outbox row that this command is the result of. */
  settle?: Settlement;
  /** Where the declarer may still be told the link; stored as the effect's secret. */
  responseUrl?: string;
  people?: Person[];
  meta?: Record<string, string>;
}

export type Outcome =
  | { ok: true; answer: Answer; repeated: boolean; incident?: Incident }
  | { ok: false; refusal: Refusal };

/** What could not be done before can be now. */
const bringsBack: ReadonlySet<IncidentEvent["type"]> = new Set([
  "ChannelFound",
  "ChannelOpened",
  "ChannelUnarchived",
  "PersonBack",
]);

/** Conflicts come from commits in the same instant, so a few rounds are plenty; more means a bug. */
const attemptsBeforeGivingUp = 50;

const noSuchIncident = (number: number): Refusal => ({
  code: "no_such_incident",
  sentence: `There is no ${reference(number)}.`,
});

/** Load, decide, evolve, commit. The only way an incident changes. A version conflict decides again. */
export async function handle(
  handling: Handling,
  command: Command,
  options: HandlingOptions = {},
): Promise<Outcome> {
  const outcome = await decided(handling, command, options);
  if (!options.settle && handling.observe && (await mayBeLogged(handling.store, command, outcome)))
    handling.observe(command, outcome);
  return outcome;
}

/** The log is read by people who may not know of a private incident. */
async function mayBeLogged(store: Store, command: Command, outcome: Outcome): Promise<boolean> {
  if (command.type === "Declare" && command.private) return false;
  const named = outcome.ok && "number" in outcome.answer ? outcome.answer.number : undefined;
  const number = named ?? (command.type === "Declare" ? undefined : command.incident);
  const incident =
    (outcome.ok ? outcome.incident : undefined) ??
    (number === undefined ? undefined : await store.incident(number));
  return incident === undefined || isVisibleTo(incident, anybody);
}

async function decided(
  { store, rules }: Handling,
  command: Command,
  { keys = [], settle, responseUrl, people, meta }: HandlingOptions,
): Promise<Outcome> {
  for (let attempt = 0; attempt < attemptsBeforeGivingUp; attempt++) {
    if (keys.length > 0) {
      const answer = await store.answerOf(keys);
      if (answer) return { ok: true, answer, repeated: true };
    }
    const asked = await withFacts(store, command);
    const number = asked.type === "Declare" ? asked.number : asked.incident;
    const before = asked.type === "Declare" ? undefined : await store.incident(number);
    const decision =
      before === undefined && asked.type !== "Declare"
        ? { refusal: noSuchIncident(number) }
        : decide(rules, before, asked);
    if ("refusal" in decision) {
      if (settle) await store.commit({ settle: settledByRefusal(settle, decision.refusal), at: asked.at });
      return { ok: false, refusal: decision.refusal };
    }
    const { state, effects } = apply(before, decision.events);
    const first = asked.type === "Declare" && !asked.sourceTaken ? firstEntry(asked) : null;
    const dead = refusedRows(decision.events, before);
    const write: Write = {
      at: asked.at,
      outbox: [...effects, ...(first?.effects ?? [])].map((effect) =>
        effect.effect.type === "TellDeclarer" && responseUrl ? { ...effect, secret: responseUrl } : effect,
      ),
      ...(keys.length > 0 ? { input: { keys, answer: decision.answer } } : {}),
      ...(state && decision.events.length > 0
        ? { incident: { number, expected: before?.version ?? 0, events: decision.events, state } }
        : {}),
      ...(dead.retry.length + dead.giveUp.length > 0 ? { dead } : {}),
      ...(first ? { message: { expected: 0, message: first.message } } : {}),
      ...(settle ? { settle: heldOrAgain(settle, asked, state) } : {}),
      ...(decision.events.some(({ type }) => bringsBack.has(type)) ? { release: number } : {}),
      ...(before && settle?.outcome.as === "held"
        ? { seen: { incident: number, version: before.version } }
        : {}),
      ...(people ? { people } : {}),
      ...(meta ? { meta } : {}),
    };
    const committed = await store.commit(write);
    if (committed.kind === "duplicate") return { ok: true, answer: committed.answer, repeated: true };
    if (committed.kind === "committed")
      return { ok: true, answer: decision.answer, repeated: false, ...(state ? { incident: state } : {}) };
  }
  throw new Error(`${command.type} conflicted ${attemptsBeforeGivingUp} times in a row`);
}

/** The same for a fact about a message: load, merge, commit. Never refused. */
export async function handleFact(
  { store }: Handling,
  fact: MessageFact,
  { keys = [] }: { keys?: readonly string[] } = {},
): Promise<void> {
  for (let attempt = 0; attempt < attemptsBeforeGivingUp; attempt++) {
    // What is said is new but for repeats and overtaken edits: the commit itself finds those.
    const isNew = attempt === 0 && fact.type === "MessageSaid";
    const before = (isNew ? undefined : await store.message(fact.channel, fact.ts)) ?? emptyRecord(fact);
    const { message, effects } = mergeFact(before, fact);
    const isErased = fact.type === "MessageDeleted" && message.version > before.version;
    const incident = isErased ? await store.incident(fact.incident) : undefined;
    const correction = incident?.corrections.entries[messageEntry(fact)];
    const committed = await store.commit({
      at: fact.recordedAt,
      ...(correction?.text && { erase: [correction.text.words] }),
      ...(message.version > before.version ? { message: { expected: before.version, message } } : {}),
      outbox: [...effects, ...(incident ? eraseCopies(incident, message, fact.recordedAt) : [])],
      ...(keys.length > 0 ? { input: { keys, answer: { type: "Noted" } } } : {}),
    });
    if (committed.kind !== "conflict") return;
  }
  throw new Error(`${fact.type} conflicted ${attemptsBeforeGivingUp} times in a row`);
}

function apply(before: Incident | undefined, events: Parameters<typeof evolve>[1][]) {
  let state = before;
  const effects = [];
  for (const event of events) {
    state = evolve(state, event);
    effects.push(...effectsOf(event, state));
  }
  return { state, effects };
}

/** What was found out of reach may be back by now: then it is done again instead of being held. */
const heldOrAgain = (settle: Settlement, command: Command, state: Incident | undefined): Settlement =>
  settle.outcome.as !== "held" || isOutOfReach(command, state)
    ? settle
    : { ...settle, outcome: { as: "retry", error: settle.outcome.why, at: command.at, sure: true } };

function isOutOfReach(command: Command, state: Incident | undefined): boolean {
  switch (command.type) {
    case "NoteChannel":
      return state?.channel?.id === command.channel && state.access.lost !== null;
    case "NotePerson":
      return state?.departed[command.user] !== undefined;
    default:
      return true;
  }
}

/** A timer that came late or twice is refused harmlessly; its row is through with. */
const settledByRefusal = (settle: Settlement, refusal: Refusal): Settlement => ({
  ...settle,
  outcome: { as: "skipped", why: refusal.code },
});

import { expect } from "vitest";
import { type Actor, bot, slackUser } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { decide } from "../../src/domain/decide.ts";
import { type Effect, effectSchema, isTimer, type Outgoing } from "../../src/domain/effect.ts";
import { placeOf } from "../../src/domain/place.ts";
import { effectsOf } from "../../src/domain/effects-of.ts";
import { eventVersion, type IncidentEvent } from "../../src/domain/event.ts";
import { evolve, fold } from "../../src/domain/evolve.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { threadSlotOf } from "../../src/domain/opening/thread.ts";
import type { Rules } from "../../src/domain/rules.ts";
import { addressed, type Slot } from "../../src/domain/slot.ts";
import type { Words } from "../../src/domain/words.ts";
import type { Message } from "../../src/slack/views/limits.ts";
import { renderSlot } from "../../src/slack/views/render-slot.ts";
import { decodeEvent, decodeIncident, encode, hydrate } from "../../src/store/codec.ts";
import { maxTotalBlockText, totalBlockText, validateMessage } from "../../src/workspace/block-kit/message.ts";

/** An effect that came due, in words, beside the instant at which it did. */
export interface Shown {
  at: number;
  slot: Slot;
  message: Message;
}

type Pending = Outgoing & { order: number };

/**
 * An incident without Slack, store or dispatcher: its effects are carried out at once when due, as Slack would, and whatever
 * is shown is held to Slack's rules. `at` stands still while nobody lets time pass.
 */
export class ImaginedIncident {
  readonly rules: Rules;
  readonly names: Map<string, string>;
  readonly events: IncidentEvent[] = [];
  readonly shown: Shown[] = [];
  readonly slots = new Set<Slot>();
  at: number;
  /** False: Slack refuses the channel. */
  hasChannel = true;
  #state: Incident | undefined;
  #pending: Pending[] = [];
  #order = 0;
  readonly #keys = new Map<string, number>();

  constructor(rules: Rules, names: Map<string, string>, at: number) {
    this.rules = rules;
    this.names = names;
    this.at = at;
  }

  get state(): Incident {
    if (!this.#state) throw new Error("nothing is declared");
    return this.#state;
  }

  /** An id that nothing bears yet. */
  fresh(kind: string): string {
    return `${kind}${this.#order++}`;
  }

  /** What somebody wants; a refusal changes nothing. */
  does(command: Command): { refused: string | undefined } {
    const decision = decide(this.rules, this.#state, command);
    if ("refusal" in decision) {
      expect(decision.refusal.sentence).toMatch(/\S/);
      return { refused: decision.refusal.code };
    }
    for (const event of decision.events) {
      this.#state = evolve(this.#state, event);
      this.events.push(event);
      for (const effect of effectsOf(event, this.#state)) this.#take(effect);
    }
    return { refused: undefined };
  }

  /** Time passes; what falls due is carried out in order. */
  passes(minutes: number): void {
    const until = this.at + minutes * 60_000;
    for (let turn = 0; ; turn++) {
      const [next] = this.#pending.toSorted((a, b) => a.dueAt - b.dueAt || a.order - b.order);
      if (!next || next.dueAt > until) break;
      if (turn > 3000) throw new Error(`no end of effects: ${next.key}`);
      this.#pending = this.#pending.filter((each) => each !== next);
      this.at = Math.max(this.at, next.dueAt);
      this.#carryOut(next.effect, next.key);
    }
    this.at = until;
  }

  /** As the dispatcher would after so long without a process: everything overdue at the same late instant. */
  sleeps(minutes: number): void {
    this.at += minutes * 60_000;
    this.passes(0);
  }

  render(slot: Slot): Message | null {
    const message = renderSlot(slot, {
      incident: this.state,
      rules: this.rules,
      now: this.at,
      names: this.names,
      teamUrl: "https://acme.slack.com/",
    });
    if (message) accepted(message, slot);
    return message;
  }

  /** What must hold of the record whatever has happened. */
  check(): void {
    expect(fold(this.events)).toEqual(this.state);
    for (const event of this.events) {
      const { json, bodies } = encode(event.data);
      const data: unknown = JSON.parse(json);
      hydrate(data, bodies);
      expect(decodeEvent({ v: eventVersion, ...event, data })).toEqual(event);
    }
    const { json, bodies } = encode(this.state);
    const stored: unknown = JSON.parse(json);
    hydrate(stored, bodies);
    expect(decodeIncident(stored)).toEqual(this.state);
    for (const slot of this.slots) this.render(slot);
  }

  #take(effect: Outgoing): void {
    const since = this.#keys.get(effect.key);
    if (since !== undefined) {
      // The outbox drops it: right within one event, but later on it would be something that never happens. What stands
      // elsewhere is asked for with each place that the incident gets, and comes with the first.
      const isElsewhere = effect.effect.type === "PostMessage" && placeOf(effect.effect.slot) !== "incident";
      if (effect.effect.type !== "LearnPerson" && !isElsewhere)
        expect(since, effect.key).toBe(this.state.version);
      return;
    }
    this.#keys.set(effect.key, this.state.version);
    expect(effectSchema.parse(JSON.parse(JSON.stringify(effect.effect)))).toEqual(effect.effect);
    this.#pending.push({ ...effect, order: this.#order++ });
  }

  #note(command: Command): void {
    expect(this.does(command).refused, command.type).toBeUndefined();
  }

  #carryOut(effect: Effect, key: string): void {
    const fact = { at: this.at, actor: bot, incident: this.state.number };
    if (isTimer(effect)) {
      const more =
        effect.type === "RemindUpdate" || effect.type === "PostOverdueUpdate" ? { keyEntries: [] } : {};
      // The dispatcher makes commands of timers in the same way.
      this.does(Object.assign({ ...fact }, effect, more) as Command);
      return;
    }
    switch (effect.type) {
      case "CreateChannel":
      case "EnterChannel":
        if (this.state.channel && !this.state.access.lost) return;
        if (this.hasChannel)
          this.#note({
            type: "NoteChannelOpened",
            ...fact,
            channel: `C0INC${this.state.access.former.length}${this.state.channel ? "X" : ""}`,
            name: "inc-1-x",
          });
        else
          this.#note({
            type: "NoteEffectRefused",
            ...fact,
            key,
            error: "restricted_action",
            sentence: "Slack refused.",
          });
        return;
      case "PostMessage":
        this.#post(effect.slot);
        return;
      case "EditMessage": {
        this.slots.add(effect.slot);
        const message = this.render(effect.slot);
        const post = this.state.posts[effect.slot];
        if (!message && post)
          this.#note({ type: "NoteMessageGone", ...fact, slot: effect.slot, ts: post.ts, wanted: true });
        return;
      }
      case "DeleteMessage": {
        const post = this.state.posts[effect.slot];
        if (post)
          this.#note({ type: "NoteMessageGone", ...fact, slot: effect.slot, ts: post.ts, wanted: true });
        return;
      }
      case "UploadPostmortem":
        this.#note({ type: "NotePostmortemUploaded", ...fact, copy: effect.copy, file: "F1" });
        return;
      case "SharePostmortem":
        this.#note({ type: "NotePostmortemShared", ...fact, copy: effect.copy });
        return;
      case "SeekPeople": {
        const call = this.state.escalation.calls.find(({ id }) => id === effect.call);
        const groups = (call?.aims ?? [])
          .filter(({ target }) => target.kind === "group")
          .map(({ target: { name } }) => ({
            name,
            people: name === "sre" ? ["U3", "U4"] : [],
            failure: name === "sre" ? null : "there is no such group",
          }));
        this.#note({ type: "NotePeopleFound", ...fact, call: effect.call, groups, unreachable: [] });
        return;
      }
      case "FindSubscribers":
        this.#note({ type: "NoteSubscribers", ...fact, n: effect.n, users: ["U1", "U5"] });
        return;
      default:
    }
  }

  #post(slot: Slot): void {
    this.slots.add(slot);
    const place = placeOf(slot);
    const { channel, opening, posts } = this.state;
    const opensThread = threadSlotOf(slot) !== null;
    if (posts[slot] && !(place === "incident" && opening.thread && channel)) return;
    if (place === "incident" && !opensThread && !channel && !opening.thread) return;
    const message = this.render(slot);
    if (!message) return;
    this.shown.push({ at: this.at, slot, message });
    const { person, channel: named } = addressed(slot);
    this.#note({
      type: "NoteMessagePosted",
      at: this.at,
      actor: bot,
      incident: this.state.number,
      slot,
      channel: person ? `D${person}` : (named ?? channel?.id ?? opening.thread?.channel ?? "C0GEN"),
      ts: `${Math.floor(this.at / 1000)}.${String(this.#order++).padStart(6, "0")}`,
    });
  }
}

/** What Slack would parse: mrkdwn texts and the notification. */
const parsed = (message: Message): string[] => [
  message.text,
  ...JSON.stringify(message.blocks)
    .split(/"type":"mrkdwn","text":"/)
    .slice(1)
    .map((part) => part.split(/(?<!\\)"/)[0] ?? ""),
];

/** Slack takes it as it is; of people only ids that are users' are mentioned, and nothing else is. */
function accepted(message: Message, slot: string): void {
  expect(validateMessage(message), slot).toEqual([]);
  expect(message.text.length, slot).toBeLessThanOrEqual(4000);
  expect(totalBlockText(message.blocks), slot).toBeLessThan(maxTotalBlockText);
  for (const text of parsed(message))
    expect(
      text.replaceAll(
        /<!channel>(?= Nobody has answered)|<@U\w+>|<#C\w+>|<!date\^[^<>]*>|<https:\/\/acme[^<>|]*\|?[^<>]*>/g,
        "",
      ),
      slot,
    ).not.toMatch(/<[^>]*>/);
  // The last resort calls everybody, by Sitrep's own word.
  const all = JSON.stringify(message.blocks);
  const blocks = slot.startsWith("exhausted:") ? all.replace('"type":"broadcast"', "") : all;
  expect(blocks, slot).not.toMatch(/"type":"(?:broadcast|usergroup)"/);
  expect(blocks, slot).not.toMatch(/"url":"(?!https:\/\/(?:acme\.slack\.com|slack\.com)\/)/);
}

export const actorOf = (n: number): Actor => slackUser(`U${1 + (n % 6)}`);

/** Words whose id is new each time. */
export function wordsmith(): (body: string) => Words {
  let count = 0;
  return (body) => ({ words: `w${++count}`, body });
}

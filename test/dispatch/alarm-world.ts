import { wireNow, wireSleep } from "../../src/clock.ts";
import { Dispatcher } from "../../src/dispatch/dispatcher.ts";
import type { Performed, Performer, SlackClaim } from "../../src/dispatch/performer.ts";
import { bot } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import type { IncidentEvent } from "../../src/domain/event.ts";
import { isOpen } from "../../src/domain/incident.ts";
import { handle, type Handling } from "../../src/handle.ts";
import { renderSlot } from "../../src/slack/views/render-slot.ts";
import type { Store } from "../../src/store/port.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { VirtualClock } from "../../src/workspace/clock.ts";
import { alice, text } from "../domain/given.ts";
import type { Act, Story } from "./alarm-acts.ts";
import { type Stretch, Watcher } from "./alarm-oracle.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Domain, dispatch and a database in memory, through a story; what Slack would show is rendered and counted, not sent. */
export class AlarmWorld implements AsyncDisposable {
  readonly #clock: VirtualClock;
  readonly #store: Store;
  readonly #handling: Handling;
  readonly #watchers: Watcher[];
  readonly #seen: number[];
  readonly #complaints: string[] = [];
  /** Due times of reminders that people were shown, by incident. */
  readonly #shown = new Map<string, number>();
  #dispatcher: Dispatcher | undefined;
  #leave = () => {};
  /** Calls to Slack that will fail before one gets through. */
  #failures = 0;
  #ts = 0;
  #tokens = 0;

  private constructor(store: Store, { start, rules, declared }: Story) {
    this.#store = store;
    this.#clock = new VirtualClock({ start, settleWithin: "1h" });
    this.#handling = { store, rules };
    this.#watchers = declared.map(() => new Watcher(rules));
    this.#seen = declared.map(() => 0);
  }

  /** Plays it; gives what people would hold against Sitrep, and how often they were reminded. */
  static async play(story: Story): Promise<{ complaints: string[]; reminders: number }> {
    const store = await openSqliteStore({ path: ":memory:", serve: true, wireNow, sleep: wireSleep });
    await using world = new AlarmWorld(store, story);
    await world.#run();
    await world.#stretch(() =>
      Promise.all(story.declared.map((severity, at) => world.#declare(at + 1, severity))),
    );
    for (const { incident, act } of story.acts) await world.#act((incident % story.declared.length) + 1, act);
    // Whatever waits to be tried again has its turn.
    world.#failures = 0;
    await world.#stretch(() => world.#clock.advance("2m"));
    await world.#checkPosts();
    return {
      complaints: [
        ...world.#watchers.flatMap(({ complaints }, at) => complaints.map((each) => `INC-${at + 1} ${each}`)),
        ...world.#complaints,
      ],
      reminders: world.#watchers.reduce((sum, watcher) => sum + watcher.reminders, 0),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher?.stop(0);
    await this.#store[Symbol.asyncDispose]();
  }

  async #act(incident: number, act: Act): Promise<void> {
    switch (act.do) {
      case "pass":
        return this.#stretch(() => this.#clock.advance(act.ms));
      case "jump":
        this.#clock.jump(act.ms);
        return this.#stretch(async () => {});
      case "fail":
        this.#failures = act.times;
        return;
      case "restart":
        await this.#stop();
        return this.#comeBack(act.downFor);
      case "kill":
        this.#clock.jump(act.after);
        for (let turn = 0; turn < act.turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        await this.#stop(0);
        await this.#look(this.#clock.now(), "cut short");
        return this.#comeBack(act.downFor);
      default: {
        const promise = await this.#promisedBy(incident, act);
        const command = await this.#commandFor(incident, act);
        // Refusals are fine: a snooze of nothing, the same severity again.
        return this.#stretch(() => handle(this.#handling, command), promise);
      }
    }
  }

  /** What whoever acts has read as the time of the next update. */
  async #promisedBy(incident: number, act: Act): Promise<number | null> {
    const now = this.#clock.now();
    if (act.do === "update") return act.promise === null ? null : now + act.promise;
    const reminder = act.do === "post draft" ? (await this.#store.incident(incident))?.reminder : null;
    const isFresh = reminder && now <= reminder.remindedAt + this.#handling.rules.updates.grace;
    return isFresh ? reminder.draft.lines.nextUpdate : null;
  }

  async #commandFor(
    incident: number,
    act: Exclude<Act, { do: "pass" | "jump" | "restart" | "kill" | "fail" }>,
  ): Promise<Command> {
    const by = { at: this.#clock.now(), actor: alice, incident };
    const due = (await this.#store.incident(incident))?.reminder?.due ?? 0;
    switch (act.do) {
      case "update": {
        const nextUpdate = act.promise === null ? {} : { nextUpdate: by.at + act.promise };
        return { type: "PublishUpdate", ...by, currentAction: text("Looking"), ...nextUpdate };
      }
      case "post draft":
        return { type: "PostDraft", ...by, due };
      case "snooze":
        return { type: "SnoozeUpdate", ...by, due, minutes: act.minutes };
      case "set severity":
        return { type: "SetSeverity", ...by, severity: act.to, reason: text("as users see it") };
      case "set status":
        return { type: "SetStatus", ...by, status: act.to };
      case "resolve":
        return { type: "Resolve", ...by };
      case "reopen":
        return { type: "Reopen", ...by, reason: text("it is back") };
      default:
        return act satisfies never;
    }
  }

  async #declare(number: number, severity: Story["declared"][number]): Promise<void> {
    const at = this.#clock.now();
    await handle(this.#handling, { type: "Declare", at, actor: alice, number, title: text("x"), severity });
  }

  /** Lets something happen and shows each watcher what has come of it. */
  async #stretch(happens: () => Promise<unknown>, byHand: number | null = null): Promise<void> {
    const from = this.#clock.now();
    await happens();
    await this.#clock.settle();
    await this.#look(from, this.#dispatcher !== undefined, byHand);
  }

  async #comeBack(downFor: number): Promise<void> {
    await this.#stretch(() => this.#clock.advance(downFor));
    await this.#run();
    await this.#stretch(async () => {});
  }

  async #look(from: number, runs: Stretch["runs"], byHand: number | null = null): Promise<void> {
    const to = this.#clock.now();
    for (const [index, watcher] of this.#watchers.entries()) {
      const version = (await this.#store.incident(index + 1))?.version ?? 0;
      const isNews = version > (this.#seen[index] ?? 0);
      const history = isNews ? await this.#store.events(index + 1) : [];
      const events: IncidentEvent[] = history.slice(this.#seen[index]).map(({ event }) => event);
      this.#seen[index] = version;
      watcher.see({ from, to, runs, events, byHand });
    }
  }

  async #run(): Promise<void> {
    const performer: Performer = {
      perform: (claimed) => this.#perform(claimed),
      isThere: async () => false,
      hears: () => true,
      isBack: () => {},
      paceOf: () => Promise.resolve({ method: null, lane: null }),
    };
    this.#dispatcher = new Dispatcher({
      store: this.#store,
      handle: (command, options) => handle(this.#handling, command, options),
      clock: this.#clock,
      performer,
      webhooks: { perform: () => Promise.resolve({ as: "done" }) },
      tierOf: () => "special",
      newToken: () => `token ${++this.#tokens}`,
      wireNow,
      log: silent,
    });
    this.#leave = this.#clock.join(this.#dispatcher);
    await this.#dispatcher.start();
  }

  async #stop(within?: number): Promise<void> {
    this.#leave();
    await this.#dispatcher?.stop(within);
    this.#dispatcher = undefined;
  }

  async #perform({ effect }: SlackClaim): Promise<Performed> {
    if (this.#failures-- > 0) return { as: "retry", error: "ECONNREFUSED", sure: true, pause: "all" };
    const at = this.#clock.now();
    if (effect.type === "CreateChannel") {
      const { incident } = effect;
      const channel = `C${incident}`;
      return {
        as: "done",
        result: { type: "NoteChannelOpened", at, actor: bot, incident, channel, name: channel },
      };
    }
    if (effect.type !== "PostMessage" && effect.type !== "DeleteMessage") return { as: "done" };
    const { incident: number, slot } = effect;
    const incident = await this.#store.incident(number);
    const post = incident?.posts[slot];
    if (effect.type === "DeleteMessage")
      return post
        ? {
            as: "done",
            result: {
              type: "NoteMessageGone",
              at,
              actor: bot,
              incident: number,
              slot,
              ts: post.ts,
              wanted: true,
            },
          }
        : { as: "skipped", why: "it is not in Slack" };
    if (post) return { as: "skipped", why: "it stands already" };
    if (!incident) return { as: "skipped", why: "not there" };
    const { rules } = this.#handling;
    const message = renderSlot(slot, {
      incident,
      rules,
      now: at,
      names: new Map(),
      teamUrl: "https://acme.slack.com/",
    });
    if (!message) return { as: "skipped", why: "no longer wanted" };
    if (slot.startsWith("reminder:")) {
      if (!isOpen(incident)) this.#complaints.push(`INC-${number} was shown ${slot} after its end`);
      const key = `${number}:${slot}:${incident.reminder?.remindedAt}`;
      this.#shown.set(key, (this.#shown.get(key) ?? 0) + 1);
    }
    const ts = `${Math.floor(at / 1000)}.${String(++this.#ts).padStart(6, "0")}`;
    return {
      as: "done",
      result: {
        type: "NoteMessagePosted",
        at,
        actor: bot,
        incident: number,
        slot,
        channel: `C${number}`,
        ts,
      },
    };
  }

  /** Nothing was shown twice, and what is live at the end stands there. */
  async #checkPosts(): Promise<void> {
    for (const [key, times] of this.#shown)
      if (times > 1) this.#complaints.push(`${key} was shown ${times} times`);
    for (const incident of await this.#store.incidents({ open: true })) {
      const { number, reminder, posts } = incident;
      const live = reminder && !reminder.snoozed ? `reminder:${reminder.due}` : null;
      if (live !== null && !posts[live]) this.#complaints.push(`INC-${number} does not show ${live}`);
      const others = Object.keys(posts).filter((slot) => slot.startsWith("reminder:") && slot !== live);
      const kept = reminder?.snoozed ? `reminder:${reminder.due}` : null;
      for (const slot of others.filter((each) => each !== kept))
        this.#complaints.push(`INC-${number} still shows ${slot}`);
    }
  }
}

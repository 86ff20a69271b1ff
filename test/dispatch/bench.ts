import { onTestFinished } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import type { Attempt } from "../../src/dispatch/attempts.ts";
import { Dispatcher, type DispatcherOptions } from "../../src/dispatch/dispatcher.ts";
import type { Tier } from "../../src/dispatch/performer.ts";
import type { Outgoing } from "../../src/domain/effect.ts";
import { handle, type Handling } from "../../src/handle.ts";
import type { Store } from "../../src/store/port.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { VirtualClock } from "../../src/workspace/clock.ts";
import { declaredAt, rules } from "../domain/given.ts";
import { ScriptedPerformer } from "./scripted-performer.ts";

export interface LogLine {
  level: "debug" | "info" | "warn" | "error";
  says: string;
  [field: string]: unknown;
}

const tiers: Record<string, Tier> = { "chat.update": 3, "reactions.add": 3, "conversations.create": 2 };

/** Methods of the store that fail as long as they are in here. */
export type Broken = Set<keyof Store>;

/** A dispatcher on a database of its own, with a clock that is told when to move. */
export async function bench({ start = declaredAt }: { start?: number } = {}) {
  const real = await openSqliteStore({ path: ":memory:", serve: true, wireNow, sleep: wireSleep });
  const broken: Broken = new Set();
  const asked = new Map<keyof Store, number>();
  const store = breakable(real, broken, asked);
  const clock = new VirtualClock({ start });
  const performer = new ScriptedPerformer(clock);
  const handling: Handling = { store, rules };
  const lines: LogLine[] = [];
  const attempts: Attempt[] = [];
  const open = new Set<Dispatcher>();
  let tokens = 0;

  const run = async (options: Partial<DispatcherOptions> = {}): Promise<Dispatcher> => {
    const dispatcher = new Dispatcher({
      store,
      handle: (command, more) => handle(handling, command, more),
      clock,
      performer,
      webhooks: performer,
      tierOf: (method) => tiers[method] ?? "special",
      newToken: () => `token ${++tokens}`,
      wireNow,
      log: logTo(lines),
      observe: (attempt) => attempts.push(attempt),
      ...options,
    });
    open.add(dispatcher);
    clock.join(dispatcher);
    await dispatcher.start();
    return dispatcher;
  };

  onTestFinished(async () => {
    broken.clear();
    for (const dispatcher of open) await dispatcher.stop(0);
    await real[Symbol.asyncDispose]();
  });

  return {
    store,
    broken,
    asked,
    clock,
    performer,
    handling,
    lines,
    attempts,
    run,
    /** Puts effects in the outbox, in one commit. */
    queue: async (...effects: Outgoing[]): Promise<void> => {
      await store.commit({ outbox: effects, at: clock.now() });
    },
    /** Lets time pass in steps while something goes wrong; the clock's own `advance` would wait for it to end. */
    endure: async (ms: number, step: number): Promise<void> => {
      for (let left = ms; left > 0; left -= step) {
        clock.jump(Math.min(step, left));
        for (const dispatcher of open) await dispatcher.idle();
      }
    },
    counts: () => store.outboxCounts(clock.now()),
    /** Seconds after the beginning at which each attempt was made. */
    seconds: () => performer.calls.map(({ at }) => (at - start) / 1000),
  };
}

/** An effect whose key, user and, unless told otherwise, target are `name`. */
export const effect = (name: string, more: Partial<Outgoing> = {}): Outgoing => ({
  key: name,
  incident: null,
  effect: { type: "LearnPerson", user: name },
  target: name,
  collapse: null,
  urgency: 1,
  dueAt: declaredAt,
  timer: false,
  ...more,
});

const isForOthers = (asked: unknown): boolean =>
  typeof asked === "object" &&
  asked !== null &&
  "kinds" in asked &&
  ['["webhook"]', '["timer"]'].includes(JSON.stringify(asked.kinds));

function breakable(store: Store, broken: Broken, asked: Map<keyof Store, number>): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        // Timers and webhooks are looked for whatever waits for Slack.
        if (broken.has(name) || !isForOthers(args[0])) asked.set(name, (asked.get(name) ?? 0) + 1);
        if (broken.has(name)) return Promise.reject(new Error("database or disk is full"));
        return Reflect.apply(value, target, args);
      };
    },
  });
}

function logTo(lines: LogLine[]): DispatcherOptions["log"] {
  const at = (level: LogLine["level"]) => (fields: object, says: string) => {
    lines.push({ ...fields, level, says });
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

import { StoreFault } from "../../src/store/fault.ts";
import type { Store } from "../../src/store/port.ts";
import type { DeliveryFault } from "../../src/workspace/delivery/queue.ts";
import type { Fault } from "../../src/workspace/faults.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";
import { withCommit } from "./around-store.ts";

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Calls that change something in Slack. Those that read, and forms, a person would repeat. */
const writes = [
  "chat.postMessage",
  "chat.update",
  "chat.delete",
  "conversations.setTopic",
  "pins.add",
  "pins.remove",
  "reactions.add",
  "reactions.remove",
  "files.getUploadURLExternal",
  "files.completeUploadExternal",
];
const answers: Fault[] = [
  { when: "before", answer: 429, retryAfter: 2 },
  { when: "before", answer: 500 },
  { when: "after", answer: 500 },
  { when: "before", answer: "cut" },
  { when: "after", answer: "cut" },
  { when: "after", answer: { error: "internal_error" } },
  { when: "after", answer: "silence" },
];

/** Between restarts: Slack tries an event four times within six minutes, and no fault may take the last one. */
const restEvery = 7 * 60_000;

/**
 * What goes wrong, drawn from a seed and counted. An event is delivered once to four times, late by minutes, after the next one,
 * under another id; a try of it is lost, or its answer, or its commit fails before or after the fact. What people wait for
 * comes up to four times, or not at all, which they see.
 */
export class Weather {
  readonly #draw: () => number;
  /** Events of which one try has failed: Slack gives up after four, and a restart takes two. */
  readonly #struck = new Set<string>();
  #lastRestart = Number.NEGATIVE_INFINITY;
  #callFaults = 0;
  faults = 0;

  constructor(seed: number) {
    this.#draw = numbers(seed);
  }

  #happens = (chance: number): boolean => this.#draw() < chance;
  #below = (count: number): number => Math.floor(this.#draw() * count);
  #counted = (faults: number): number => {
    this.faults += faults;
    return faults;
  };

  over(ws: Workspace): void {
    ws.deliveries.plan = ({ type, id }) => (id === undefined ? this.#ofRequest() : this.#ofEvent(type, id));
  }

  #ofRequest(): DeliveryFault {
    // A copy of what never arrived would be done behind the back of somebody who read of an error.
    if (this.#happens(0.1)) return { drop: this.#counted(1) };
    return this.#happens(0.8) ? { duplicate: this.#counted(1 + this.#below(3)) } : {};
  }

  #ofEvent(type: string, id: string): DeliveryFault {
    // The answer to a mention is posted before it is acknowledged, and may fail by itself.
    const strikes = type !== "app_mention" && this.#happens(0.4);
    if (strikes) this.#struck.add(id);
    const failed = strikes && this.#counted(1);
    return {
      ...(this.#happens(0.9) && { duplicate: this.#counted(1 + this.#below(3)) }),
      newEventId: this.#happens(0.5),
      ...(this.#happens(0.4) && this.#counted(1) && { late: `${1 + this.#below(240)}s` }),
      ...(this.#happens(0.4) && this.#counted(1) && { outOfOrder: true }),
      ...(failed && (this.#happens(0.5) ? { drop: 1 } : { unheard: 1 })),
    };
  }

  /** Commits of events fail now and then, or seem to. */
  aroundStore = (store: Store): Store =>
    withCommit(store, async (write) => {
      const [key = ""] = write.input?.keys ?? [];
      const id = /^event:(\w+)$/.exec(key)?.[1];
      if (id === undefined || this.#struck.has(id) || !this.#happens(0.2)) return store.commit(write);
      this.#struck.add(id);
      this.#counted(1);
      // A fault that the store knows kept nothing.
      if (this.#happens(0.5)) throw new StoreFault("full", "The disk is full.");
      await store.commit(write);
      throw new Error("disk I/O error");
    });

  /** Between two acts: a call to come is answered by a fault. */
  blows(ws: Workspace): void {
    const met = this.#callFaults - ws.faults.unmet;
    this.#counted(met);
    this.#callFaults -= met;
    if (ws.faults.unmet > 0 || !this.#happens(0.4)) return;
    const [method, fault] = [writes[this.#below(writes.length)], answers[this.#below(answers.length)]];
    if (method === undefined || fault === undefined) return;
    ws.faults.next(method, fault);
    this.#callFaults += 1;
  }

  /** How Sitrep is ended; null: not so soon again. */
  restart(now: number): { within: number | undefined } | null {
    if (now - this.#lastRestart < restEvery) return null;
    this.#lastRestart = now;
    this.#counted(1);
    return { within: this.#happens(0.7) ? 0 : undefined };
  }

  clears(ws: Workspace): void {
    this.#counted(this.#callFaults - ws.faults.unmet);
    ws.faults.clear();
    ws.deliveries.plan = () => ({});
  }
}

import { describe, expect, it } from "vitest";
import { milliseconds, type Participant, VirtualClock } from "../../src/workspace/clock.ts";
import { nextTurn } from "../../src/workspace/wire-time.ts";

const START = Date.parse("2024-02-15T14:30:00Z");

/** Counts what is under way, as a bot does. */
class Worker implements Participant {
  #busy = 0;
  #waiting: (() => void)[] = [];

  isIdle(): boolean {
    return this.#busy === 0;
  }

  idle(): Promise<void> {
    return this.isIdle() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async doing(work: () => Promise<void>): Promise<void> {
    this.#busy += 1;
    await work();
    this.#busy -= 1;
    if (this.#busy === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

async function turns(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await nextTurn();
}

describe("the virtual clock", () => {
  it("stands still until told", async () => {
    const clock = new VirtualClock({ start: START });
    await turns(3);
    expect(clock.now()).toBe(START);
  });

  it("wakes a sleeper exactly at its instant on the way to the target", async () => {
    const clock = new VirtualClock({ start: START });
    const seen: number[] = [];
    void clock.sleepUntil(START + 60_000, "timer").then(() => seen.push(clock.now()));
    await clock.advance("59s");
    expect(seen).toEqual([]);
    await clock.advance("15m");
    expect(seen).toEqual([START + 60_000]);
    expect(clock.now()).toBe(START + 59_000 + 15 * 60_000);
  });

  it("settles through dispatch waits and stops before a timer", async () => {
    const clock = new VirtualClock({ start: START });
    const seen: string[] = [];
    const paced = async (): Promise<void> => {
      for (const n of [1, 2, 3]) {
        await clock.sleepUntil(START + n * 1000, "dispatch");
        seen.push(`dispatch ${n}`);
      }
    };
    void paced();
    void clock.sleepUntil(START + 2500, "timer").then(() => seen.push("timer"));
    await clock.settle();
    expect(seen).toEqual(["dispatch 1", "dispatch 2"]);
    expect(clock.now()).toBe(START + 2000);
  });

  it("stops at a timer that is due at the same instant as a dispatch wait", async () => {
    const clock = new VirtualClock({ start: START });
    const seen: string[] = [];
    void clock.sleepUntil(START + 1000, "dispatch").then(() => seen.push("dispatch"));
    void clock.sleepUntil(START + 1000, "timer").then(() => seen.push("timer"));
    await clock.settle();
    expect(seen).toEqual([]);
    await clock.advance("1s");
    expect(seen).toEqual(["dispatch", "timer"]);
  });

  it("does not move while a participant is busy, even when one wakes another", async () => {
    const clock = new VirtualClock({ start: START });
    const [bot, slack] = [new Worker(), new Worker()];
    clock.join(bot);
    clock.join(slack);
    const seen: string[] = [];
    void clock.sleepUntil(START + 1000, "timer").then(() =>
      bot.doing(async () => {
        await turns(4);
        // Handed over in a later turn, as a socket does it.
        setImmediate(
          () =>
            void slack.doing(async () => {
              await turns(4);
              seen.push(`answered at +${clock.now() - START}`);
            }),
        );
      }),
    );
    void clock.sleepUntil(START + 2000, "timer").then(() => seen.push("second"));
    await clock.advance("10s");
    expect(seen).toEqual(["answered at +1000", "second"]);
  });

  it("forgets a participant that left", async () => {
    const clock = new VirtualClock({ start: START });
    const leave = clock.join({ isIdle: () => false, idle: () => new Promise(() => {}) });
    leave();
    await clock.advance("1s");
    expect(clock.now()).toBe(START + 1000);
  });

  it("wakes a sleeper whose signal aborts, and never sleeps for what has passed", async () => {
    const clock = new VirtualClock({ start: START });
    const stop = new AbortController();
    const sleeping = clock.sleepUntil(START + 1000, "timer", stop.signal);
    stop.abort();
    await sleeping;
    await clock.sleepUntil(START - 1, "timer");
    expect(clock.now()).toBe(START);
  });

  it("never moves backwards, except by jump", async () => {
    const clock = new VirtualClock({ start: START });
    await clock.advanceTo(START - 5000);
    expect(clock.now()).toBe(START);
    expect(() => clock.advance(-1)).toThrow("only moves forward");
    clock.jump("-5s");
    expect(clock.now()).toBe(START - 5000);
  });

  it("calls an endless retry a runaway instead of hanging", async () => {
    const clock = new VirtualClock({ start: START, settleWithin: "10m" });
    const stop = new AbortController();
    const retry = async (): Promise<void> => {
      while (!stop.signal.aborted) await clock.sleepUntil(clock.now() + 60_000, "dispatch", stop.signal);
    };
    void retry();
    await expect(clock.settle()).rejects.toThrow("Still dispatching after 10 minutes");
    stop.abort();
  });

  it("flows at a rate, waking everybody in order, until stopped", async () => {
    const clock = new VirtualClock({ start: START });
    const stop = clock.flow(60_000);
    const seen: number[] = [];
    const second = clock.sleepUntil(START + 120_000, "timer").then(() => seen.push(clock.now()));
    await clock.sleepUntil(START + 60_000, "timer");
    seen.push(clock.now());
    await second;
    await stop();
    const stopped = clock.now();
    await turns(3);
    expect(seen).toEqual([START + 60_000, START + 120_000]);
    expect(clock.now()).toBe(stopped);
  });
});

describe("durations", () => {
  it.each([
    ["90s", 90_000],
    ["15m", 900_000],
    ["2h", 7_200_000],
    ["3d", 259_200_000],
    ["250ms", 250],
  ])("reads %s", (text, ms) => expect(milliseconds(text)).toBe(ms));

  it.each(["15", "m", "15 minutes", ""])("refuses %j", (text) =>
    expect(() => milliseconds(text)).toThrow("Not a duration"),
  );
});

import { onTestFinished, expect, test } from "vitest";
import { CatchingUp } from "../../src/dispatch/catching-up.ts";
import { handle } from "../../src/handle.ts";
import { declare } from "../domain/given.ts";
import { bench } from "./bench.ts";

const minute = 60_000;

/** An open incident with a channel, and when its history was asked for. */
async function watched() {
  const { store, handling, clock } = await bench();
  await handle(handling, declare());
  const asked: number[] = [];
  const noting = new Proxy(store, {
    get: (target, name) => {
      if (name === "incidents") asked.push(clock.now());
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const catchingUp = new CatchingUp({ store: noting, clock, newId: () => String(asked.length), log });
  clock.join(catchingUp);
  onTestFinished(() => catchingUp.stop());
  catchingUp.start();
  return { clock, catchingUp, asked };
}

test("a silence is looked into after a quarter of an hour, though the clock was set back in it", async () => {
  const { clock, asked } = await watched();
  await clock.advance("10m");
  clock.jump("-3h");
  const from = clock.now();
  await clock.advance("16m");
  expect(asked.map((at) => (at - from) / minute)).toEqual([15]);
});

test("what is heard puts the look off, also after the clock was set back", async () => {
  const { clock, catchingUp, asked } = await watched();
  clock.jump("-3h");
  const from = clock.now();
  await clock.advance("10m");
  catchingUp.heard();
  await clock.advance("16m");
  expect(asked.map((at) => (at - from) / minute)).toEqual([25]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RateLimits } from "../../../src/workspace/rate-limits.ts";
import { Bench } from "./bench.ts";

const MINUTE = 60_000;

describe("a tier", () => {
  test.each([
    [1, 10, 60],
    [2, 10, 3],
    [3, 20, 2],
    [4, 40, 1],
    ["special", 100, 1],
  ] as const)("%s passes a burst of %i, then wants a pause of %i s", (tier, burst, pause) => {
    const limits = new RateLimits();
    for (let call = 0; call < burst; call++) expect(limits.take("m", tier, 0)).toBeUndefined();
    expect(limits.take("m", tier, 0)).toBe(pause);
    expect(limits.take("other", tier, 0)).toBeUndefined();
    expect(limits.take("m", tier, pause * 1000)).toBeUndefined();
  });

  test.each([
    [1, 1],
    [2, 20],
    [3, 50],
    [4, 100],
  ] as const)("%s passes whoever keeps to %i a minute", (tier, rate) => {
    const limits = new RateLimits();
    for (let call = 0; call < rate * 3; call++) {
      expect(limits.take("m", tier, Math.ceil((call * MINUTE) / rate))).toBeUndefined();
    }
  });
});

describe("posting", () => {
  test("passes four at once in a channel and then one a second", () => {
    const limits = new RateLimits();
    const post = (now: number, channel = "C1") => limits.take("chat.postMessage", "posting", now, channel);
    for (let call = 0; call < 4; call++) expect(post(0)).toBeUndefined();
    expect(post(0)).toBe(1);
    expect(post(999)).toBe(1);
    expect(post(0, "C2")).toBeUndefined();
    for (const second of [1, 2, 3]) expect(post(second * 1000)).toBeUndefined();
    expect(post(3000)).toBe(1);
  });

  test("has a ceiling over all channels", () => {
    const limits = new RateLimits();
    const verdicts = Array.from({ length: 100 }, (_, i) => limits.take("p", "posting", 0, `C${i}`));
    expect(verdicts.filter((verdict) => verdict === undefined)).toHaveLength(60);
  });
});

test("waiting Retry-After is always enough", () => {
  const tiers = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, "posting" as const);
  fc.assert(
    fc.property(tiers, fc.array(fc.nat(20_000), { maxLength: 80 }), (tier, pauses) => {
      const limits = new RateLimits();
      let now = 0;
      for (const pause of pauses) {
        now += pause % 3 === 0 ? pause : 0;
        const retryAfter = limits.take("m", tier, now, "C1");
        if (retryAfter === undefined) continue;
        expect(Number.isInteger(retryAfter) && retryAfter >= 1).toBe(true);
        now += retryAfter * 1000;
        expect(limits.take("m", tier, now, "C1")).toBeUndefined();
      }
    }),
  );
});

describe("a call above its limit", () => {
  test("is 429 with Retry-After, has no effect, and passes when it has waited", async () => {
    await using bench = await Bench.open({ rateLimits: true });
    const post = () => bench.client().chat.postMessage({ channel: bench.ops.id, text: "hello" });
    for (let call = 0; call < 4; call++) await post();
    await expect(post()).rejects.toMatchObject({ code: "slack_webapi_rate_limited_error", retryAfter: 1 });
    const posted = () => bench.ops.messages.filter(({ text }) => text === "hello").length;
    expect(posted()).toBe(4);
    expect((await bench.call("chat.postMessage", { channel: bench.den.id, text: "a" })).ok).toBe(true);
    bench.clock.at += 1000;
    await post();
    expect(posted()).toBe(5);
  });

  test("passes where the limits are switched off", async () => {
    await using bench = await Bench.open();
    for (let call = 0; call < 8; call++) {
      expect(await bench.verdict("chat.postMessage", { channel: bench.ops.id, text: "hello" })).toBe("ok");
    }
  });
});

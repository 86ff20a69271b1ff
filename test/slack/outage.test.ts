import { describe, expect, it } from "vitest";
import { isDuring, longestDelay, type Outage, withOutage } from "../../src/domain/outage.ts";
import { afterAnswer, afterFailure, isFree } from "../../src/dispatch/nudging.ts";
import { renderSlot } from "../../src/slack/views/render-slot.ts";
import { after, bob, declare, given, opened, rules, text } from "../domain/given.ts";

describe("an outage", () => {
  it("is one, of whatever parts it was noticed", () => {
    const parts: Outage[] = [
      { from: 40, to: 90 },
      { from: 10, to: 45 },
      { from: 200, to: 210 },
    ];
    expect(parts.reduce<Outage[]>(withOutage, [])).toEqual([
      { from: 10, to: 90 },
      { from: 200, to: 210 },
    ]);
  });

  it("ends with the instant at which something could be shown", () => {
    const known = [{ from: 10, to: 90 }];
    expect([9, 10, 89, 90].map((at) => isDuring(known, at))).toEqual([false, true, true, false]);
  });
});

describe("what was recorded during one", () => {
  const logged = given([
    declare(),
    opened,
    {
      type: "LogEntry",
      at: after(5),
      actor: bob,
      incident: 1,
      entry: "e",
      happenedAt: after(1),
      text: text("x"),
    },
    { type: "NoteOutage", at: after(60), actor: bob, incident: 1, outage: { from: after(2), to: after(60) } },
  ]).state;
  const shownAt = (at: number) => ({
    ...logged,
    posts: { "entry:e": { channel: "C1", ts: `${Math.floor(at / 1000)}.000100` } },
  });
  const rendered = (incident: typeof logged, now: number) =>
    JSON.stringify(
      renderSlot("entry:e", { incident, rules, now, names: new Map(), teamUrl: "https://acme.slack.com/" }),
    );

  it("is marked where it is shown late, also when it is edited later", () => {
    expect(rendered({ ...logged, posts: {} }, after(60))).toContain(
      "14:41 UTC · recorded during a Slack outage",
    );
    expect(rendered(shownAt(after(60)), after(300))).toContain("14:41 UTC · recorded during a Slack outage");
  });

  it("is not marked for ordinary seconds, nor where it stood in time", () => {
    expect(rendered({ ...logged, posts: {} }, after(5) + longestDelay - 1)).not.toContain("outage");
    expect(rendered(shownAt(after(6)), after(300))).not.toContain("outage");
  });
});

describe("nudging", () => {
  it("waits from the first failure to an answer, and then until what waited has gone out, or a minute and a half", () => {
    const failing = afterFailure({ as: "free" }, 0);
    expect(isFree(failing, 1_000_000)).toBe(false);
    const behind = afterAnswer(failing, 1000);
    expect([1000, 90_999, 91_000].map((now) => isFree(behind, now))).toEqual([false, false, true]);
  });

  it("is not held back for ever by one effect that fails for ever", () => {
    const behind = afterAnswer({ as: "failing" }, 1000);
    expect(afterFailure(behind, 60_000)).toEqual(behind);
    expect(isFree(afterFailure(behind, 60_000), 91_000)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { bot } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/command.ts";
import { refusedRows } from "../../src/domain/troubles/effects.ts";
import { after, alice, bob, declare, given, keysOf, opened } from "./given.ts";

const key = "1:post:announcement";
const refused = (minutes = 1, of = key): Command => ({
  type: "NoteEffectRefused",
  at: after(minutes),
  actor: bot,
  incident: 1,
  key: of,
  error: "channel_not_found",
  sentence: "Posting the announcement was not possible.",
});
const retry = (minutes = 2, of = key): Command => ({
  type: "RetryEffect",
  at: after(minutes),
  actor: bob,
  incident: 1,
  key: of,
});
const ended = (as: "done" | "unwanted", minutes = 3): Command => ({
  type: "NoteRetryEnded",
  at: after(minutes),
  actor: bot,
  incident: 1,
  key,
  as,
});

describe("what Slack refused", () => {
  it("is noted in the channel, and trying it again puts its row back and brings the note up to date", () => {
    const incident = given([declare(), opened]);
    const note = incident.when(refused());
    const slot = `trouble:${note.state.version}`;
    expect(keysOf(note.effects)).toContain(`1:post:${slot}`);
    const before = incident.state;
    const { events, effects, state } = incident.when(retry());
    expect(events).toMatchObject([{ type: "EffectRetried", actor: bob, data: { key } }]);
    expect(refusedRows(events, before)).toEqual({ retry: [key], giveUp: [] });
    expect(keysOf(effects)).toContain(`1:edit:${slot}:${state.version}`);
    expect(state.troubles).toMatchObject([{ key, retried: { at: after(2), by: bob }, ended: null }]);
  });

  it("is tried again once, however many ask", () => {
    const incident = given([declare(), opened, refused(), retry()]);
    const again = incident.when(retry(2));
    expect(again.refusal).toMatchObject({
      code: "tried_again",
      sentence: expect.stringContaining("already"),
    });
    expect(incident.when(ended("done")).state.troubles).toMatchObject([{ ended: { as: "done" } }]);
    expect(incident.when(retry(4)).refusal?.code).toBe("tried_again");
    expect(incident.when(retry(4, "1:topic:3")).refusal?.code).toBe("never_refused");
  });

  it.each(["done", "unwanted"] as const)("and is %s in the end is noted once, also when told twice", (as) => {
    const incident = given([declare(), opened, refused(), retry()]);
    const { events, effects, state } = incident.when(ended(as));
    expect(events).toMatchObject([{ type: "RetryEnded", data: { key, as } }]);
    expect(keysOf(effects).filter((each) => each.startsWith("1:edit:trouble"))).toHaveLength(1);
    expect(state.troubles.at(-1)?.ended).toEqual({ at: after(3), as });
    expect(incident.when(ended(as, 4)).events).toEqual([]);
  });

  it("and is refused once more is told anew, and can be tried again", () => {
    const incident = given([declare(), opened, refused(), retry()]);
    const { state, effects } = incident.when(refused(3));
    expect(keysOf(effects)).toContain(`1:post:trouble:${state.version}`);
    expect(state.troubles).toMatchObject([{ ended: { as: "refused" } }, { retried: null, ended: null }]);
    expect(incident.when(retry(4)).events).toHaveLength(1);
  });

  it("was a note itself brings no note about it", () => {
    const incident = given([declare(), opened]);
    const { effects } = incident.when(refused(1, "1:post:trouble:3"));
    expect(keysOf(effects).filter((each) => each.startsWith("1:post:trouble"))).toEqual([]);
  });
});

describe("a channel that Slack refused", () => {
  const channel = "1:channel:create";

  it("is asked for anew by its button, which gives the old row up", () => {
    const incident = given([declare({ declaredIn: "C9" }), refused(1, channel)]);
    const before = incident.state;
    const { events, state } = incident.when({
      type: "RetryChannel",
      at: after(2),
      actor: alice,
      incident: 1,
    });
    expect(refusedRows(events, before)).toEqual({ retry: [], giveUp: [channel] });
    expect(state.troubles).toMatchObject([{ key: channel, retried: { by: alice }, ended: null }]);
    expect(incident.when(opened).state.troubles).toMatchObject([{ ended: { as: "done" } }]);
  });

  it("and is tried again from the shell takes its button away meanwhile", () => {
    const incident = given([declare({ declaredIn: "C9" }), refused(1, channel)]);
    expect(incident.state.opening.channelRefused).not.toBeNull();
    expect(incident.when(retry(2, channel)).state.opening.channelRefused).toBeNull();
    const button: Command = { type: "RetryChannel", at: after(3), actor: alice, incident: 1 };
    expect(incident.when(button).refusal?.code).toBe("channel_coming");
  });
});

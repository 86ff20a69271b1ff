import { describe, expect, it } from "vitest";
import { slackUser } from "../../src/domain/actor.ts";
import type { Command, CommandNamed } from "../../src/domain/command.ts";
import { isVisibleTo } from "../../src/domain/policy/visibility.ts";
import { after, alice, bob, declare, given, keysOf, opened, text } from "./given.ts";

type Noted = CommandNamed<"NoteChannel">;
const root = slackUser("U9");
const note = (minutes: number, seen: Noted["seen"], more: Partial<Noted> = {}): Noted => ({
  type: "NoteChannel",
  incident: 1,
  at: after(minutes),
  actor: root,
  channel: "C1",
  seen,
  ...more,
});
const reopened = {
  type: "NoteChannelOpened",
  incident: 1,
  actor: slackUser("UBOT"),
} as const;
const lead = {
  type: "GiveRole",
  incident: 1,
  at: after(1),
  actor: bob,
  role: "commander",
  to: "U2",
} as const;
const led = (more = {}) => given([declare(more), opened, lead]);
const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);
const posts = (keys: readonly string[]) => keys.filter((key) => key.startsWith("1:post:"));

describe("a channel out of reach", () => {
  it.each([
    ["archived", "ChannelArchived"],
    ["deleted", "ChannelLost"],
    ["unseen", "ChannelLost"],
  ] as const)("as %s is told once: who leads, who declared, and the announcement's thread", (lost, type) => {
    const story = led();
    const { events, effects, state } = story.when(note(5, { lost }));
    expect(typesOf(events)).toEqual([type]);
    expect(posts(keysOf(effects))).toEqual([
      "1:post:dm:U2:lost:1",
      "1:post:dm:U1:lost:1",
      "1:post:lost:1:thread",
    ]);
    expect(state.access.lost).toMatchObject({ why: lost, since: after(5), by: root });
    expect(story.when(note(6, { lost })).events).toEqual([]);
    expect(story.when(note(7, { lost }, { needed: true })).state.access.lost?.since).toBe(after(5));
  });

  it.each([
    [{ private: true }, ["1:post:dm:U2:lost:1", "1:post:dm:U1:lost:1"]],
    [{ drill: true }, ["1:post:dm:U2:lost:1", "1:post:dm:U1:lost:1"]],
  ])("of one that is %o is told to nobody outside", (marks, expected) => {
    expect(posts(keysOf(led(marks).when(note(5, { lost: "deleted" })).effects))).toEqual(expected);
  });

  it("from which Sitrep was removed is entered again where it is public, and told where it is not", () => {
    const open = keysOf(led().when(note(5, { lost: "removed" })).effects);
    expect(open.filter((key) => key.includes(":channel:return:"))).toHaveLength(1);
    expect(posts(open)).toEqual([]);
    const closed = keysOf(led({ private: true }).when(note(5, { lost: "removed" })).effects);
    expect(closed.filter((key) => key.includes(":channel:return:"))).toEqual([]);
    expect(posts(closed)).toContain("1:post:dm:U2:lost:1");
  });

  it("is known better as more is told of it, never worse", () => {
    const story = led();
    const why = (seen: Noted["seen"]["lost"]) => {
      story.when(note(5, { lost: seen ?? null }));
      return story.state.access.lost?.why;
    };
    expect(why("archived")).toBe("archived");
    expect(why("unseen")).toBe("unseen");
    expect(why("deleted")).toBe("deleted");
    expect(why("unseen")).toBe("deleted");
    expect(why(null)).toBeUndefined();
    expect(story.state.access.losses).toBe(1);
  });

  it("is told of a closed matter only when something waits for it", () => {
    const resolve = { type: "Resolve", incident: 1, at: after(3), actor: alice, fix: text("done") } as const;
    const story = given([declare(), opened, lead, resolve]);
    expect(posts(keysOf(story.when(note(5, { lost: "archived" })).effects))).toEqual([]);
    const needed = story.when(note(6, { lost: "archived" }, { needed: true }));
    expect(posts(keysOf(needed.effects))).toEqual(["1:post:dm:U2:lost:1", "1:post:dm:U1:lost:1"]);
    expect(story.when(note(7, { lost: "archived" }, { needed: true })).events).toEqual([]);
  });

  it("that is back is not lost to what is told late of the time before", () => {
    const story = led();
    story.when(note(5, { lost: "removed" }, { since: after(5) }));
    story.when(note(6, { lost: null }));
    const told = (since: number) => typesOf(story.when(note(7, { lost: "removed" }, { since })).events);
    expect(told(after(5) + 1)).toEqual([]);
    expect(told(after(6) + 1)).toEqual(["ChannelLost"]);
  });

  it("that is back has what was said meanwhile read, where anybody could say anything", () => {
    const isRead = (story: ReturnType<typeof led>) =>
      story.when(note(9, { lost: null })).effects.some(({ effect }) => effect.type === "CatchUp");
    const told = led({ private: true });
    told.when(note(8, { lost: "removed" }, { since: after(5) }));
    expect(isRead(told)).toBe(true);
    expect(told.state.access.regained).toEqual({ why: "removed", since: after(5), at: after(9) });
    const archived = led();
    archived.when(note(8, { lost: "archived" }));
    expect(isRead(archived)).toBe(false);
  });

  it("lets those see its private incident who were in it when it was last looked into", () => {
    const joined = (user: string): Command => ({
      type: "NoteMemberJoined",
      incident: 1,
      at: after(2),
      actor: slackUser(user),
      user,
      keyEntries: [],
    });
    const story = given([declare({ private: true }), opened, joined("U2")]);
    const sees = (user: string) =>
      isVisibleTo(story.state, { kind: "person", user, channels: new Set<string>() });
    expect([sees("U2"), sees("U3")]).toEqual([false, false]);
    story.when(note(5, { lost: "removed" }));
    expect([sees("U2"), sees("U3")]).toEqual([true, false]);
  });
});

describe("what is news of a channel", () => {
  const looks = (story: ReturnType<typeof led>, seen: Noted["seen"]) =>
    story
      .when(note(5, seen))
      .effects.flatMap(({ effect, dueAt }) => (effect.type === "LookAtChannel" ? [dueAt - after(5)] : []));

  it.each<[Noted["seen"], Noted["seen"]]>([
    [{ name: "war-room" }, { name: "checkout" }],
    [{ closed: true }, { closed: false }],
    [{ lost: "archived" }, { lost: null }],
    [{ lost: "unseen" }, { lost: null }],
  ])("%o and then %o is looked at ten seconds later, each time; told again it is not", (one, other) => {
    const story = led();
    expect([one, one, other, other].map((seen) => looks(story, seen))).toEqual([[10_000], [], [10_000], []]);
  });

  it("is looked at in a closed matter too, and never when the channel was deleted", () => {
    const resolve = { type: "Resolve", incident: 1, at: after(3), actor: alice, fix: text("done") } as const;
    expect(looks(given([declare(), opened, resolve]), { lost: "archived" })).toEqual([10_000]);
    expect(looks(led(), { lost: "deleted" })).toEqual([]);
  });
});

describe("another channel", () => {
  const retry = { type: "RetryChannel", incident: 1, at: after(6), actor: alice } as const;

  it("is asked for once, when the one before is gone and no person can bring it back", () => {
    const story = led();
    expect(story.when(retry).refusal?.code).toBe("channel_there");
    story.when(note(5, { lost: "archived" }));
    expect(story.when(retry).refusal?.code).toBe("channel_there");
    story.when(note(5, { lost: "deleted" }));
    expect(keysOf(story.when(retry).effects)).toContain("1:channel:create:1");
    expect(story.when(retry).refusal?.code).toBe("channel_coming");
  });

  it("shows all that is recorded, under keys of its own; what is told of the old one is no news any more", () => {
    const story = led();
    story.when({
      type: "NoteMessagePosted",
      incident: 1,
      at: after(2),
      actor: root,
      slot: "card",
      channel: "C1",
      ts: "1.1",
    });
    story.when(note(5, { lost: "deleted" }));
    story.when(retry);
    const another: Command = { ...reopened, at: after(7), channel: "C2", name: "inc-1-again" };
    const { effects, state } = story.when(another);
    expect(state.channel?.id).toBe("C2");
    expect(state.posts["card"]).toBeUndefined();
    expect(state.access).toMatchObject({ lost: null, former: ["C1"] });
    expect(posts(keysOf(effects))).toEqual(
      expect.arrayContaining([`1:post:card:${state.version}`, `1:post:back:1:${state.version}`]),
    );
    expect(story.when(note(8, { lost: "deleted" })).events).toEqual([]);
  });
});

describe("a channel that is made public or private", () => {
  it("is told where it is not what its incident is, and until when", () => {
    const story = led();
    const { effects, state } = story.when(note(5, { closed: true }));
    expect(posts(keysOf(effects))).toEqual(["1:post:converted:1", "1:post:converted:1:thread"]);
    expect(state.private).toBe(false);
    expect(story.when(note(6, { closed: true })).events).toEqual([]);
    const back = story.when(note(7, { closed: false }));
    expect(posts(keysOf(back.effects))).toEqual([]);
    expect(back.state.access.conversions).toEqual([{ at: after(5), by: root, until: after(7) }]);
  });

  it("of a private incident is told to its people alone", () => {
    const { effects, state } = led({ private: true }).when(note(5, { closed: false }));
    expect(posts(keysOf(effects))).toEqual([
      "1:post:converted:1",
      "1:post:dm:U2:converted:1",
      "1:post:dm:U1:converted:1",
    ]);
    expect(state.private).toBe(true);
  });
});

it("a channel that is renamed is shown by its new name", () => {
  const { effects, state } = led().when(note(5, { name: "war-room" }));
  expect(state.channel).toEqual({ id: "C1", name: "war-room" });
  expect(keysOf(effects)).toEqual(
    expect.arrayContaining([`1:edit:card:${state.version}`, `1:edit:announcement:${state.version}`]),
  );
});

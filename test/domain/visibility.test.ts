import { describe, expect, it } from "vitest";
import {
  anybody,
  isCounted,
  isVisibleTo,
  type Onlooker,
  operator,
  reachesPeople,
  speaksOutside,
} from "../../src/domain/policy/visibility.ts";
import { declare, given, opened } from "./given.ts";

const person = (user: string, ...channels: string[]): Onlooker => ({
  kind: "person",
  user,
  channels: new Set(channels),
});
const inChannel = (id: string): Onlooker => ({ kind: "channel", id });

describe("a private incident", () => {
  const { state } = given([declare({ private: true }), opened]);

  it.each([
    ["anybody", anybody, false],
    ["who runs Sitrep", operator, true],
    ["its channel", inChannel("C1"), true],
    ["another channel", inChannel("C2"), false],
    ["no channel at all", inChannel(""), false],
    ["a member of its channel", person("U2", "C0", "C1"), true],
    ["a member of other channels", person("U2", "C2"), false],
    ["its declarer, who left the channel", person("U1"), false],
  ])("shows to %s: %s", (_who, onlooker, seen) => {
    expect(isVisibleTo(state, onlooker)).toBe(seen);
  });

  it("is known to its declarer alone while it has no channel", () => {
    const before = given([declare({ private: true })]).state;
    expect(isVisibleTo(before, person("U1"))).toBe(true);
    expect(isVisibleTo(before, person("U2", "C1"))).toBe(false);
    expect(isVisibleTo(before, inChannel(""))).toBe(false);
  });
});

it("a public incident shows to everybody", () => {
  const { state } = given([declare()]);
  for (const onlooker of [anybody, operator, inChannel("C2"), person("U9")])
    expect(isVisibleTo(state, onlooker)).toBe(true);
});

it.each([
  [{}, { outside: true, people: true, counted: true }],
  [{ private: true }, { outside: false, people: true, counted: false }],
  [{ drill: true }, { outside: false, people: false, counted: false }],
  [
    { private: true, drill: true },
    { outside: false, people: false, counted: false },
  ],
])("what is marked %o speaks, calls and counts as %o", (marks, expected) => {
  const { state } = given([declare(marks)]);
  expect({
    outside: speaksOutside(state),
    people: reachesPeople(state),
    counted: isCounted(state),
  }).toEqual(expected);
});

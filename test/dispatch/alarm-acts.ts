import fc from "fast-check";
import { type Rules, weekdays } from "../../src/domain/rules.ts";
import { liveStatuses, type LiveStatus, severities, type Severity } from "../../src/domain/vocab.ts";
import { rules } from "../domain/given.ts";

const minute = 60_000;

/** What happens to an incident, or to the Sitrep and the machine it runs on. */
export type Act =
  | { do: "pass"; ms: number }
  | { do: "update"; promise: number | null }
  | { do: "post draft" }
  | { do: "snooze"; minutes: number }
  | { do: "set severity"; to: Severity }
  | { do: "set status"; to: LiveStatus }
  | { do: "resolve" }
  | { do: "reopen" }
  | { do: "restart"; downFor: number }
  /** After so long without a look at the clock, so many turns of the event loop into what had fallen due. */
  | { do: "kill"; after: number; turns: number; downFor: number }
  /** The machine's clock is set. */
  | { do: "jump"; ms: number }
  /** So many calls to Slack are lost. */
  | { do: "fail"; times: number };

export interface Story {
  start: number;
  rules: Rules;
  /** Severities at the declaration, an incident each. */
  declared: (Severity | null)[];
  acts: { incident: number; act: Act }[];
}

const minutes = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * minute);

// Odd milliseconds, so that nothing falls together by being round.
const span = fc.oneof(
  { weight: 4, arbitrary: minutes(0, 40) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 90 * minute }) },
  { weight: 1, arbitrary: minutes(60, 24 * 60) },
);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ do: fc.constant("pass"), ms: span }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("update"), promise: fc.option(minutes(1, 180), { freq: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("post draft") }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("snooze"), minutes: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("set severity"), to: fc.constantFrom(...severities) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("set status"), to: fc.constantFrom(...liveStatuses) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("resolve") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reopen") }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("restart"), downFor: span }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("kill"),
      after: minutes(0, 30),
      turns: fc.nat(12),
      downFor: span,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("jump"),
      ms: fc.integer({ min: -120, max: 240 }).map((n) => n * minute),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("fail"), times: fc.integer({ min: 1, max: 8 }) }) },
);

/** Nights in which a clock was set in each of these zones, and a day without: UTC instants shortly before. */
const starts = [
  { timezone: "Europe/Berlin", at: "2024-03-30T22:10:00Z" },
  { timezone: "Europe/Berlin", at: "2024-10-26T21:40:00Z" },
  { timezone: "America/New_York", at: "2024-11-03T03:30:00Z" },
  { timezone: "America/New_York", at: "2024-03-09T14:00:00Z" },
  { timezone: "Australia/Lord_Howe", at: "2024-04-06T12:20:00Z" },
  { timezone: "Pacific/Apia", at: "2020-09-26T10:00:00Z" },
  { timezone: "UTC", at: "2024-02-15T14:36:00Z" },
];

const hours = fc.constantFrom<Rules["workingHours"]>(
  { days: weekdays.slice(0, 5), from: "09:00", to: "18:00" },
  { days: [...weekdays], from: "22:00", to: "06:00" },
  { days: weekdays.slice(4), from: "08:00", to: "12:00" },
);

const ruled = (timezone: string): fc.Arbitrary<Rules> =>
  fc
    .record({
      workingHours: hours,
      grace: fc.constantFrom(minute, 5 * minute),
      whenMissed: fc.constantFrom("post", "post", "remind", "off"),
      maxAutomatic: fc.integer({ min: 0, max: 3 }),
      slowAfter: fc.constantFrom(120 * minute, 120 * minute, null),
    })
    .map(({ workingHours, ...updates }) => ({
      ...rules,
      timezone,
      workingHours,
      updates: { ...rules.updates, ...updates },
    }));

export const story: fc.Arbitrary<Story> = fc.constantFrom(...starts).chain(({ timezone, at }) =>
  fc.record({
    start: fc.integer({ min: 0, max: 180 * minute }).map((more) => Date.parse(at) + more),
    rules: ruled(timezone),
    declared: fc.array(fc.option(fc.constantFrom(...severities)), { minLength: 1, maxLength: 3 }),
    acts: fc.array(fc.record({ incident: fc.nat(2), act }), { minLength: 8, maxLength: 40 }),
  }),
);

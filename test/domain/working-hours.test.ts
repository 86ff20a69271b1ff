import { describe, expect, it } from "vitest";
import { afterWorkingDays, nextWorkingTime } from "../../src/domain/policy/working-hours.ts";
import type { Weekday } from "../../src/domain/rules.ts";

const week: Weekday[] = ["mon", "tue", "wed", "thu", "fri"];
const hours = (timezone: string, from = "09:00", to = "18:00", days = week) => ({
  timezone,
  workingHours: { days, from, to },
});
const at = (iso: string) => Date.parse(iso);

describe("the next working time", () => {
  it.each([
    ["within the hours is now", "UTC", "2024-02-15T14:30:12Z", "2024-02-15T14:30:12Z"],
    ["before them is when they begin", "UTC", "2024-02-15T03:00Z", "2024-02-15T09:00Z"],
    ["at their end is the next day", "UTC", "2024-02-15T18:00Z", "2024-02-16T09:00Z"],
    ["on Friday evening is Monday", "UTC", "2024-02-16T18:00Z", "2024-02-19T09:00Z"],
    ["on Sunday is Monday", "UTC", "2024-02-18T12:00Z", "2024-02-19T09:00Z"],
    ["goes by the zone's day, not UTC's", "Asia/Tokyo", "2024-02-18T23:30Z", "2024-02-19T00:00Z"],
    ["after clocks went forward", "Europe/Berlin", "2024-03-29T18:00Z", "2024-04-01T07:00Z"],
    ["before clocks went forward", "Europe/Berlin", "2024-03-28T18:00Z", "2024-03-29T08:00Z"],
    ["after clocks went back", "America/New_York", "2024-11-01T23:00Z", "2024-11-04T14:00Z"],
  ])("%s", (_what, zone, now, expected) => {
    expect(nextWorkingTime(hours(zone), at(now))).toBe(at(expected));
  });

  it("knows hours that go over midnight", () => {
    const night = hours("UTC", "22:00", "06:00");
    expect(nextWorkingTime(night, at("2024-02-17T05:00Z"))).toBe(at("2024-02-17T05:00Z"));
    expect(nextWorkingTime(night, at("2024-02-17T06:00Z"))).toBe(at("2024-02-19T22:00Z"));
  });

  it("begins at the first moment there is, where the hour is skipped", () => {
    const early = hours("Europe/Berlin", "02:30", "18:00", ["sun"]);
    expect(nextWorkingTime(early, at("2024-03-30T12:00Z"))).toBe(at("2024-03-31T01:30Z"));
  });

  it("lets nobody wait where no day is a working day", () => {
    const never = hours("UTC", "09:00", "18:00", []);
    expect(nextWorkingTime(never, at("2024-02-18T12:00Z"))).toBe(at("2024-02-18T12:00Z"));
    expect(afterWorkingDays(never, 0, 3000)).toBe(3000);
  });
});

describe("after working days", () => {
  const day = 24 * 60 * 60_000;
  it.each([
    ["skips the weekend", "UTC", "2024-02-15T14:52:07.123Z", 5 * day, "2024-02-22T14:52:07.123Z"],
    ["counts from a Saturday", "UTC", "2024-02-17T10:00Z", day, "2024-02-19T10:00Z"],
    ["keeps the time of day", "Europe/Berlin", "2024-03-29T10:00Z", day, "2024-04-01T09:00Z"],
    ["adds hours as they are", "UTC", "2024-02-16T23:00Z", 2 * 60 * 60_000, "2024-02-17T01:00Z"],
  ])("%s", (_what, zone, now, length, expected) => {
    expect(afterWorkingDays(hours(zone), at(now), length)).toBe(at(expected));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatClock,
  formatDuration,
  formatShortDuration,
  instantOfTs,
  parseClock,
} from "../../src/domain/time.ts";

const at = (iso: string) => Date.parse(iso);
const now = at("2024-02-15T14:36:20Z");

describe("a time that people read", () => {
  it.each([
    ["UTC", "14:30 UTC"],
    ["Asia/Ho_Chi_Minh", "21:30 UTC+7"],
    ["America/St_Johns", "11:00 UTC-3:30"],
    ["Asia/Kathmandu", "20:15 UTC+5:45"],
  ])("stands in the zone %s", (zone, text) => {
    expect(formatClock(at("2024-02-15T14:30:00Z"), zone, now)).toBe(text);
  });

  it("brings its date when it is not today's", () => {
    expect(formatClock(at("2024-02-14T23:59:00Z"), "UTC", now)).toBe("2024-02-14 23:59 UTC");
  });

  it.each([
    [22 * 60_000, "22 minutes", "22 min"],
    [61 * 60_000, "1 hour 1 minute", "1 h 1 min"],
    [49 * 60 * 60_000, "2 days 1 hour", "49 h"],
    [30_000, "less than a minute", "under a minute"],
  ])("lasts %d ms as %s", (ms, long, short) => {
    expect([formatDuration(ms), formatShortDuration(ms)]).toEqual([long, short]);
  });

  it("reads a ts without losing digits", () => {
    expect(instantOfTs("1707999999.123456")).toBe(1_707_999_999_123);
  });
});

describe("a time that people write", () => {
  const parsed = (text: string, zone = "UTC", direction: "past" | "future" = "past", from = now) => {
    const time = parseClock(text, zone, from, direction);
    return "at" in time ? new Date(time.at).toISOString() : time.fault;
  };

  it.each([
    ["14:30", "2024-02-15T14:30:00.000Z"],
    ["14:36", "2024-02-15T14:36:00.000Z"],
    ["14:37", "2024-02-14T14:37:00.000Z"],
    ["9:05", "2024-02-15T09:05:00.000Z"],
    ["14:30 UTC", "2024-02-15T14:30:00.000Z"],
    ["2024-02-13 08:00", "2024-02-13T08:00:00.000Z"],
  ])("is the latest %s that is not in the future", (text, iso) => {
    expect(parsed(text)).toBe(iso);
  });

  it("is the earliest one to come, for a promise", () => {
    expect(parsed("14:45", "UTC", "future")).toBe("2024-02-15T14:45:00.000Z");
    expect(parsed("00:10", "UTC", "future")).toBe("2024-02-16T00:10:00.000Z");
  });

  it("counts from now where it says how far away it is", () => {
    for (const text of ["20m", "in 20 minutes", "20 min"])
      expect(parsed(text, "UTC", "future")).toBe(new Date(now + 20 * 60_000).toISOString());
    expect(parsed("2h", "UTC", "future")).toBe(new Date(now + 120 * 60_000).toISOString());
    expect(parsed("15 min ago")).toBe(new Date(now - 15 * 60_000).toISOString());
    expect(parsed("20m")).toContain("“20m” is no time: write 14:30, 2024-02-15 14:30 or 20m ago");
    expect(parsed("20m ago", "UTC", "future")).toContain("is no time");
  });

  it("is meant in the zone", () => {
    expect(parsed("21:30", "Asia/Ho_Chi_Minh")).toBe("2024-02-15T14:30:00.000Z");
  });

  it.each([
    ["14:30 UTC", "2024-02-15T14:30:00.000Z"],
    ["21:30 UTC+7", "2024-02-15T14:30:00.000Z"],
    ["11:00 utc-3:30", "2024-02-15T14:30:00.000Z"],
    ["2024-02-15 14:30Z", "2024-02-15T14:30:00.000Z"],
  ])("is meant in the zone that stands beside it: %s", (text, iso) => {
    expect(parsed(text, "America/New_York")).toBe(iso);
  });

  it("is found across a day that the zone has skipped", () => {
    const onThe31st = at("2011-12-30T12:00:00Z");
    expect(parsed("14:30", "Pacific/Apia", "past", onThe31st)).toBe("2011-12-30T00:30:00.000Z");
  });

  it.each([
    ["02:10", "2024-10-27T00:30:00Z", "2024-10-27T00:10:00.000Z"],
    ["02:10", "2024-10-27T01:20:00Z", "2024-10-27T01:10:00.000Z"],
    ["02:40", "2024-10-27T01:20:00Z", "2024-10-27T00:40:00.000Z"],
  ])("is the latest %s in the hour that comes twice, at %s", (text, from, iso) => {
    expect(parsed(text, "Europe/Berlin", "past", at(from))).toBe(iso);
  });

  it("is the next one to come in the hour that comes twice", () => {
    const from = at("2024-10-27T00:50:00Z");
    expect(parsed("02:40", "Europe/Berlin", "future", from)).toBe("2024-10-27T01:40:00.000Z");
  });

  it.each(["soon", "14:30 UTC+25", "25:00", "14:60", "2024-02-30 10:00", ""])(
    "“%s” is none, and says what would be",
    (text) => {
      expect(parsed(text)).toMatch(/“.*”/);
    },
  );

  it("never lies ahead, in any zone, on any day", () => {
    const zones = ["UTC", "Pacific/Apia", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at("2024-01-01T00:00:00Z"), max: at("2025-12-31T00:00:00Z") }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (zone, from, hours, minutes) => {
          const time = parseClock(`${hours}:${String(minutes).padStart(2, "0")}`, zone, from, "past");
          if (!("at" in time)) throw new Error(time.fault);
          expect(time.at).toBeLessThanOrEqual(from);
          expect(from - time.at).toBeLessThanOrEqual(25 * 60 * 60_000);
        },
      ),
    );
  });
});

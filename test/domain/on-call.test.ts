import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextOnDuty, onDuty } from "../../src/domain/policy/on-call.ts";
import { type RotationRules, weekdays } from "../../src/domain/rules.ts";

const at = (iso: string): number => Date.parse(iso);

const rotation = (more: Partial<RotationRules> = {}): RotationRules => ({
  zone: "UTC",
  handover: { day: "mon", time: "09:00" },
  people: ["U1", "U2", "U3"],
  overrides: [],
  since: at("2024-02-05T09:00:00Z"),
  ...more,
});

describe("a rotation", () => {
  it("hands over on its weekday at its time, and begins anew after the last one", () => {
    const duty = (iso: string) => onDuty(rotation(), at(iso));
    expect(duty("2024-02-05T09:00:00Z")).toBe("U1");
    expect(duty("2024-02-12T08:59:59.999Z")).toBe("U1");
    expect(duty("2024-02-12T09:00:00Z")).toBe("U2");
    expect(duty("2024-02-19T09:00:00Z")).toBe("U3");
    expect(duty("2024-02-26T09:00:00Z")).toBe("U1");
  });

  it("counts backwards before it began", () => {
    expect(onDuty(rotation(), at("2024-02-05T08:59:00Z"))).toBe("U3");
    expect(onDuty(rotation(), at("2024-01-28T12:00:00Z"))).toBe("U2");
  });

  it("counts the week in which its first day stands, wherever in it that is", () => {
    const midweek = rotation({ since: at("2024-02-08T00:00:00Z") });
    expect(onDuty(midweek, at("2024-02-05T09:00:00Z"))).toBe("U1");
    expect(onDuty(midweek, at("2024-02-12T09:00:00Z"))).toBe("U2");
  });

  it("of nobody has nobody on duty, and nobody next", () => {
    expect(onDuty(rotation({ people: [] }), at("2024-02-12T09:00:00Z"))).toBeNull();
    expect(nextOnDuty(rotation({ people: [] }), at("2024-02-12T09:00:00Z"))).toBeNull();
  });

  it("of one never changes", () => {
    expect(nextOnDuty(rotation({ people: ["U1"] }), at("2024-02-12T09:00:00Z"))).toBeNull();
  });

  it("hands over at the same hour of the day when the clocks change", () => {
    const berlin = rotation({ zone: "Europe/Berlin", since: at("2024-03-25T08:00:00Z") });
    expect(nextOnDuty(berlin, at("2024-03-26T00:00:00Z"))).toEqual({
      at: at("2024-04-01T07:00:00Z"),
      person: "U2",
    });
    const autumn = rotation({ zone: "Europe/Berlin", since: at("2024-10-21T07:00:00Z") });
    expect(nextOnDuty(autumn, at("2024-10-22T00:00:00Z"))).toEqual({
      at: at("2024-10-28T08:00:00Z"),
      person: "U2",
    });
  });

  it("hands over when the clocks have gone forward, at a time that they skip", () => {
    const sunday = rotation({
      zone: "America/New_York",
      handover: { day: "sun", time: "02:30" },
      since: at("2024-03-03T07:30:00Z"),
    });
    expect(nextOnDuty(sunday, at("2024-03-09T00:00:00Z"))).toEqual({
      at: at("2024-03-10T07:30:00Z"),
      person: "U2",
    });
    expect(onDuty(sunday, at("2024-03-10T07:29:59Z"))).toBe("U1");
    expect(onDuty(sunday, at("2024-03-10T07:30:00Z"))).toBe("U2");
    expect(onDuty(sunday, at("2024-03-17T06:30:00Z"))).toBe("U3");
  });

  it("hands over once in the hour that comes twice", () => {
    const sunday = rotation({
      zone: "America/New_York",
      handover: { day: "sun", time: "01:30" },
      since: at("2024-10-27T05:30:00Z"),
    });
    expect(onDuty(sunday, at("2024-11-03T05:29:00Z"))).toBe("U1");
    expect(onDuty(sunday, at("2024-11-03T05:30:00Z"))).toBe("U2");
    expect(onDuty(sunday, at("2024-11-03T06:30:00Z"))).toBe("U2");
  });
});

describe("an override", () => {
  const covered = rotation({
    overrides: [
      { from: at("2024-02-13T00:00:00Z"), to: at("2024-02-15T00:00:00Z"), person: "U9" },
      { from: at("2024-02-14T00:00:00Z"), to: at("2024-02-14T06:00:00Z"), person: "U8" },
    ],
  });

  it("puts somebody else on duty from its start until its end, which is no part of it", () => {
    expect(onDuty(covered, at("2024-02-12T23:59:59Z"))).toBe("U2");
    expect(onDuty(covered, at("2024-02-13T00:00:00Z"))).toBe("U9");
    expect(onDuty(covered, at("2024-02-14T03:00:00Z"))).toBe("U8");
    expect(onDuty(covered, at("2024-02-14T06:00:00Z"))).toBe("U9");
    expect(onDuty(covered, at("2024-02-15T00:00:00Z"))).toBe("U2");
  });

  it("is what comes next, and so is its end", () => {
    expect(nextOnDuty(covered, at("2024-02-12T12:00:00Z"))).toEqual({
      at: at("2024-02-13T00:00:00Z"),
      person: "U9",
    });
    expect(nextOnDuty(covered, at("2024-02-14T07:00:00Z"))).toEqual({
      at: at("2024-02-15T00:00:00Z"),
      person: "U2",
    });
  });

  it("by whoever is on duty anyway changes nothing", () => {
    const same = rotation({
      overrides: [{ from: at("2024-02-13T00:00:00Z"), to: at("2024-02-14T00:00:00Z"), person: "U2" }],
    });
    expect(nextOnDuty(same, at("2024-02-12T12:00:00Z"))?.at).toBe(at("2024-02-19T09:00:00Z"));
  });
});

describe("whatever the zone, the day and the time", () => {
  const anyRotation = fc.record({
    zone: fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    ),
    handover: fc.record({
      day: fc.constantFrom(...weekdays),
      time: fc
        .tuple(fc.nat(23), fc.nat(59))
        .map((parts) => parts.map((each) => String(each).padStart(2, "0")).join(":")),
    }),
    since: fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2026-01-01T00:00:00Z") }),
  });
  const anyInstant = fc.integer({ min: at("2019-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") });

  it("the next one is who comes then, not before, and within eight days", () => {
    fc.assert(
      fc.property(anyRotation, anyInstant, (rules, now) => {
        const turns = rotation({ ...rules, people: ["U1", "U2"] });
        const next = nextOnDuty(turns, now);
        if (!next) throw new Error("two people take turns");
        expect(onDuty(turns, next.at)).toBe(next.person);
        expect(onDuty(turns, next.at - 1)).toBe(onDuty(turns, now));
        expect(next.person).not.toBe(onDuty(turns, now));
        expect(next.at - now).toBeLessThanOrEqual(8 * 24 * 3_600_000);
        expect(onDuty(turns, turns.since)).toBe("U1");
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { isAlike, mostSimilar, type OpenIncident } from "../../src/domain/policy/similar.ts";
import { after, declaredAt, text } from "./given.ts";

describe("titles are alike", () => {
  it.each([
    ["checkout 500s", "Checkout returns 500"],
    ["checkout 500s", "500s in the checkout!"],
    ["payment gateway timeouts", "Payment gateways time out"],
    ["Ошибки оплаты", "ошибка оплаты"],
    ["db-replica lag", "lag of db replica 3"],
  ])("%s · %s", (one, other) => {
    expect(isAlike(one, other)).toBe(true);
    expect(isAlike(other, one)).toBe(true);
  });

  it.each([
    ["API is down", "VPN is down"],
    ["login errors", "search errors"],
    ["checkout 500s", "login 500s"],
    ["", ""],
    ["outage", "outage"],
  ])("but not %s · %s", (one, other) => {
    expect(isAlike(one, other)).toBe(false);
  });
});

const fresh = {
  number: 42,
  title: text("checkout 500s"),
  services: [] as string[],
  declaredAt,
  private: false,
  drill: false,
};
const open = (number: number, more: Partial<OpenIncident> = {}): OpenIncident => ({
  number,
  title: text("search is slow"),
  services: [],
  declaredAt: after(-60),
  channel: `C${number}`,
  private: false,
  drill: false,
  ...more,
});

describe("an open incident may be the same", () => {
  it("by its service, its words or its time, in this order", () => {
    const others = [
      open(39, { declaredAt: after(-9) }),
      open(40, { title: text("500s in checkout") }),
      open(41, { services: ["Checkout"] }),
    ];
    const declared = { ...fresh, services: ["checkout"] };
    expect(mostSimilar(declared, others)).toMatchObject({ of: 41, because: "service", channel: "C41" });
    expect(mostSimilar(fresh, others)).toMatchObject({ of: 40, because: "words" });
    expect(mostSimilar(fresh, others.slice(0, 1))).toMatchObject({ of: 39, because: "time" });
  });

  it("is the newest of several", () => {
    const others = [open(39, { declaredAt: after(-9) }), open(40, { declaredAt: after(-2) })];
    expect(mostSimilar(fresh, others)?.of).toBe(40);
  });

  it("is none that is 10 minutes old and about something else", () => {
    expect(mostSimilar(fresh, [open(41, { declaredAt: after(-10) })])).toBeNull();
  });

  it("is never a private one, and none is named in a private one", () => {
    const same = { title: fresh.title };
    expect(mostSimilar(fresh, [open(41, { ...same, private: true })])).toBeNull();
    expect(mostSimilar({ ...fresh, private: true }, [open(41, same)])).toBeNull();
  });

  it("is a drill for a drill only", () => {
    const same = { title: fresh.title };
    expect(mostSimilar(fresh, [open(41, { ...same, drill: true })])).toBeNull();
    expect(mostSimilar({ ...fresh, drill: true }, [open(41, same)])).toBeNull();
    expect(mostSimilar({ ...fresh, drill: true }, [open(41, { ...same, drill: true })])?.of).toBe(41);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { eventVersion, incidentEventSchema } from "../../src/domain/event.ts";
import { words } from "../../src/domain/words.ts";
import { decodeEvent, decodeIncident, encode, hydrate, wordsIn } from "../../src/store/codec.ts";

const storedSchema = z.array(
  z.object({ v: z.number(), type: z.string(), at: z.number(), actor: z.unknown(), data: z.unknown() }),
);

/** Every event as that version stored it, a file for each folder of the domain. A later version leaves these alone. */
function fixture(v: number) {
  const folder = join(import.meta.dirname, `fixtures/events-v${v}`);
  return readdirSync(folder).flatMap((file) =>
    storedSchema.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))),
  );
}

describe("words", () => {
  it("leave their bodies behind wherever they stand, and get them back", () => {
    const value = {
      title: words("t", "one"),
      deep: [{ text: words("d", "two") }, null, "words", words("t", "one")],
    };
    const { json, bodies } = encode(value);
    expect(json).not.toMatch(/one|two/);
    expect([...bodies]).toEqual([
      ["t", "one"],
      ["d", "two"],
    ]);
    const stored: unknown = JSON.parse(json);
    expect(wordsIn(stored)).toEqual(["t", "d"]);
    hydrate(stored, bodies);
    expect(stored).toEqual(value);
  });

  it("that were erased come back without a body, and overwrite none", () => {
    const { json, bodies } = encode({ text: { words: "t", body: null } });
    expect(bodies.size).toBe(0);
    const stored: unknown = JSON.parse(json);
    hydrate(stored, new Map());
    expect(stored).toEqual({ text: { words: "t", body: null } });
  });
});

describe("stored events", () => {
  it.each(Array.from({ length: eventVersion }, (_, index) => index + 1))(
    "of version %i are understood",
    (v) => {
      const events = fixture(v);
      for (const event of events) {
        hydrate(event, new Map(wordsIn(event).map((id) => [id, `body of ${id}`])));
        expect(decodeEvent(event)).toMatchObject({ type: event.type, at: event.at });
      }
    },
  );

  it("of the current version are all in its fixture", () => {
    const known = incidentEventSchema.options.map((option) => option.shape.type.value);
    expect(new Set(fixture(eventVersion).map(({ type }) => type))).toEqual(new Set(known));
  });

  it("of a later version are refused", () => {
    const [event] = fixture(1);
    if (!event) throw new Error("the fixture is empty");
    expect(() => decodeEvent({ ...event, v: eventVersion + 1 })).toThrow(`version ${eventVersion + 1}`);
  });

  it("that do not match are refused by path, never quoting what people wrote", () => {
    const broken = { number: 1, title: { words: "t", body: ["hunter2"] } };
    expect(() => decodeIncident(broken)).toThrow("title.body: invalid");
    expect(() => decodeIncident(broken)).not.toThrow("hunter2");
  });
});

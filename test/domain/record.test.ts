import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFact } from "../../src/domain/merge-fact.ts";
import {
  currentText,
  emptyRecord,
  isMarked,
  isRecovered,
  type Mark,
  type MessageFact,
  pin,
} from "../../src/domain/record.ts";

const about = { incident: 1, channel: "C1", ts: "1700000000.000100", recordedAt: 1_700_000_000_000 };
const said = (text: string, editedTs = "") => ({
  ...about,
  type: editedTs ? ("MessageEdited" as const) : ("MessageSaid" as const),
  author: "U1",
  text,
  threadTs: null,
  files: [],
  editedTs,
});
const deleted = { ...about, type: "MessageDeleted" as const, deletedAt: 5 };
const mark = (person: string, present: boolean, eventTs: string) => ({
  ...about,
  type: "MarkChanged" as const,
  person,
  kind: "pushpin",
  present,
  eventTs,
});

const merged = (facts: MessageFact[]) =>
  facts.reduce((record, fact) => mergeFact(record, fact).message, emptyRecord(said("")));

/** What the record says, but for how often it changed. */
const meaning = (facts: MessageFact[]) => {
  const { version: _, marks, revisions, ...rest } = merged(facts);
  const order = (one: Mark, other: Mark) =>
    `${one.person} ${one.kind}`.localeCompare(`${other.person} ${other.kind}`);
  const byPerson = marks.toSorted(order);
  return { ...rest, marks: byPerson, revisions: rest.deletedAt === null ? revisions : [] };
};

describe("the record of a message", () => {
  it("keeps every wording, and the last edit counts", () => {
    const record = merged([said("one"), said("two", "2.0"), said("three", "3.0")]);
    expect(record.revisions.map((revision) => revision.text.body)).toEqual(["one", "two", "three"]);
    expect(currentText(record)?.body).toBe("three");
  });

  it("lets the greatest edit win when edits arrive out of order", () => {
    expect(currentText(merged([said("three", "3.0"), said("two", "2.0"), said("one")]))?.body).toBe("three");
  });

  it("erases every wording when the message is deleted, and keeps that it was there", () => {
    const record = merged([said("hunter2"), said("oops", "2.0"), deleted]);
    expect(JSON.stringify(record)).not.toMatch(/hunter2|oops/);
    expect(record).toMatchObject({ said: true, author: "U1", deletedAt: 5 });
  });

  it("does not bring back a text whose deletion came first", () => {
    const record = merged([deleted, said("hunter2")]);
    expect(JSON.stringify(record)).not.toContain("hunter2");
  });

  it("stays marked while anybody's mark remains", () => {
    const marks = [mark("U1", true, "1"), mark("U2", true, "2"), mark("U1", false, "3")];
    expect(isMarked(merged([said("x"), ...marks]))).toBe(true);
    expect(isMarked(merged([said("x"), ...marks, mark("U2", false, "4")]))).toBe(false);
  });

  it("asks for the receipt to be looked at once a change of mark", () => {
    const record = merged([said("x"), mark("U1", true, "1")]);
    expect(mergeFact(record, mark("U1", true, "1")).effects).toEqual([]);
    expect(mergeFact(record, mark("U1", false, "2")).effects[0]?.key).toBe(
      "1:receipt:1700000000.000100:U1:pushpin:2",
    );
  });

  it("asks for the receipt when the message comes after its mark", () => {
    const record = merged([mark("U1", true, "1")]);
    expect(mergeFact(record, said("x")).effects.map((effect) => effect.key)).toContain(
      "1:receipt:1700000000.000100:said",
    );
  });

  it("takes what was told for what was noticed, in whatever order they come", () => {
    const recovered = { ...said("two", "2.0"), recovered: true };
    const noticed = { ...deleted, deletedAt: 9, noticed: true };
    for (const facts of [
      [said("one"), recovered, said("two", "2.0")],
      [said("two", "2.0"), said("one"), recovered],
    ])
      expect(isRecovered(merged(facts))).toBe(false);
    expect(isRecovered(merged([said("one"), recovered]))).toBe(true);
    expect(merged([said("one"), noticed])).toMatchObject({ deletedAt: 9, deletionNoticed: true });
    expect(merged([said("one"), noticed, deleted])).toMatchObject({ deletedAt: 5, deletionNoticed: false });
    expect(merged([said("one"), deleted, noticed])).toMatchObject({ deletedAt: 5, deletionNoticed: false });
  });

  it("takes a noticed mark for later than what it contradicts, and for earlier than all that comes", () => {
    const before = mark("U1", true, "1.0");
    const noticed = { ...mark("U1", false, "1.0"), noticedAt: 9 };
    expect(isMarked(merged([said("x"), before, noticed]))).toBe(false);
    expect(isMarked(merged([said("x"), noticed, before]))).toBe(false);
    const record = merged([said("x"), before, noticed, mark("U1", true, "1.1")]);
    expect(record.marks).toEqual([{ person: "U1", kind: "pushpin", present: true, eventTs: "1.1" }]);
    const [receipt] = mergeFact(merged([said("x"), before]), noticed).effects;
    expect(receipt?.key).toBe("1:receipt:1700000000.000100:U1:pushpin:1.0:noticed:9");
  });

  it("does not take a mark for taken back that is missing only because its message was deleted", () => {
    const [before, missing] = [mark("U1", true, "1.0"), { ...mark("U1", false, "1.0"), noticedAt: 9 }];
    for (const facts of [
      [said("x"), before, missing, deleted],
      [said("x"), before, deleted, missing],
      [deleted, missing, before, said("x")],
    ])
      expect(isMarked(merged(facts))).toBe(true);
    // It was missed while the message still stood.
    expect(isMarked(merged([said("x"), before, { ...missing, noticedAt: 4 }, deleted]))).toBe(false);
  });

  it("lets anybody take back the one pin that a message has", () => {
    const pinned = { ...mark("U1", true, "1.0"), kind: pin };
    const taken = { ...mark("U2", false, "2.0"), kind: pin };
    expect(isMarked(merged([said("x"), pinned, taken]))).toBe(false);
    expect(isMarked(merged([said("x"), taken, pinned]))).toBe(false);
    expect(isMarked(merged([said("x"), taken, pinned, { ...mark("U3", true, "3.0"), kind: pin }]))).toBe(
      true,
    );
    expect(isMarked(merged([said("x"), mark("U1", true, "1.0"), taken]))).toBe(true);
  });

  it("says the same in whatever order and however often its facts arrive", () => {
    const facts: MessageFact[] = [
      said("one"),
      said("two", "2.0"),
      said("three", "3.0"),
      deleted,
      mark("U1", true, "1.0"),
      mark("U1", false, "2.0"),
      mark("U2", true, "3.0"),
      { ...said("four", "4.0"), recovered: true },
      { ...said("two", "2.0"), recovered: true },
      { ...deleted, deletedAt: 9, noticed: true },
      { ...mark("U1", true, "2.0"), noticedAt: 7 },
      { ...mark("U2", false, "3.0"), noticedAt: 7 },
      { ...mark("U1", true, "1.0"), kind: pin },
      { ...mark("U2", false, "2.0"), kind: pin },
      { ...mark("U3", true, "2.5"), kind: pin },
      { ...mark("U3", false, "2.5"), kind: pin, noticedAt: 8 },
    ];
    fc.assert(
      fc.property(
        fc
          .subarray(facts, { minLength: 1 })
          .chain((some) =>
            fc.tuple(
              fc.constant(some),
              fc.shuffledSubarray(some, { minLength: some.length }),
              fc.array(fc.constantFrom(...some)),
            ),
          ),
        ([inOrder, shuffled, repeated]) => {
          expect(meaning([...shuffled, ...repeated])).toEqual(meaning(inOrder));
        },
      ),
    );
  });
});

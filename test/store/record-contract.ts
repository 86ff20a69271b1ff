import { describe, expect, it } from "vitest";
import { words } from "../../src/domain/words.ts";
import type { Bench } from "./contract.ts";
import { channelOpened, declared, effect, history, incident, logged, message, resolved } from "./records.ts";

const conflict = { kind: "conflict" };
const committed = { kind: "committed" };
const answer = { type: "Declared", number: 1 } as const;

export function recordContract(bench: Bench): void {
  describe("an incident", () => {
    it("is read as it was committed, with its words", async () => {
      const write = incident(1, [channelOpened("C1"), logged("e1", words("entry", "deployed v2.3.2"))]);
      expect(await bench.store.commit({ at: 5000, incident: write })).toEqual(committed);
      expect(await bench.store.incident(1)).toEqual(write.state);
      // Once more, from whatever is kept in memory.
      expect(await bench.store.incident(1)).toEqual(write.state);
      expect(await bench.store.events(1)).toEqual(
        write.events.map((event, index) => ({ incident: 1, seq: index + 1, recordedAt: 5000, event })),
      );
      expect(await bench.store.incidentOfChannel("C1")).toBe(1);
    });

    it("is unknown until it is committed", async () => {
      expect(await bench.store.incident(1)).toBeUndefined();
      expect(await bench.store.events(1)).toEqual([]);
      expect(await bench.store.incidentOfChannel("C1")).toBeUndefined();
      expect(await bench.store.nextNumber()).toBe(1);
    });

    it("is found by its channel as soon as that is open, however often it was asked for before", async () => {
      const { store } = bench;
      await store.commit({ at: 1, incident: history(1, [], [declared(1)]) });
      for (let time = 0; time < 2; time++) expect(await store.incidentOfChannel("C1")).toBeUndefined();
      await store.commit({ at: 2, incident: history(1, [declared(1)], [channelOpened("C1")]) });
      for (let time = 0; time < 2; time++) expect(await store.incidentOfChannel("C1")).toBe(1);
    });

    it("goes on from the version that was decided upon", async () => {
      const first = [declared(1)];
      await bench.store.commit({ at: 1, incident: history(1, [], first) });
      await bench.store.incident(1);
      const second = history(1, first, [resolved]);
      expect(await bench.store.commit({ at: 2, incident: second })).toEqual(committed);
      expect(await bench.store.incident(1)).toEqual(second.state);
      expect((await bench.store.events(1)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    it("conflicts with a version that moved on, and writes nothing of that commit", async () => {
      const first = [declared(1)];
      await bench.store.commit({ at: 1, incident: history(1, [], first) });
      await bench.store.commit({ at: 2, incident: history(1, first, [resolved]) });
      const late = history(1, first, [logged("e1", words("late", "too late"))]);
      const write = { at: 3, incident: late, outbox: [effect("late")], meta: { late: "yes" } };
      expect(await bench.store.commit({ ...write, input: { keys: ["late"], answer } })).toEqual(conflict);
      expect((await bench.store.incident(1))?.entries).toEqual([]);
      expect(await bench.store.events(1)).toHaveLength(2);
      expect(await bench.store.nextDue()).toBeUndefined();
      expect(await bench.store.meta("late")).toBeUndefined();
      expect(await bench.store.answerOf(["late"])).toBeUndefined();
    });

    it("takes a number once: the second declaration conflicts and takes the next", async () => {
      const { store } = bench;
      const both = [
        store.commit({ at: 1, incident: incident(1) }),
        store.commit({ at: 1, incident: incident(1) }),
      ];
      expect(await Promise.all(both)).toEqual([committed, conflict]);
      expect(await store.nextNumber()).toBe(2);
    });

    it("rejects a state that its events do not lead to", async () => {
      const write = incident(1);
      const broken = { ...write, state: { ...write.state, version: 7 } };
      await expect(bench.store.commit({ at: 1, incident: broken })).rejects.toThrow("do not give 7");
    });

    it("is listed newest first, by being open and by severity", async () => {
      const { store } = bench;
      await store.commit({ at: 1, incident: incident(1) });
      await store.commit({ at: 1, incident: history(2, [], [declared(2, { severity: "SEV1" })]) });
      await store.commit({ at: 1, incident: incident(3, [resolved]) });
      await store.commit({ at: 1, incident: history(4, [], [declared(4, { severity: "SEV1" }), resolved]) });
      const numbers = async (filter?: Parameters<typeof store.incidents>[0]) =>
        (await store.incidents(filter)).map(({ number }) => number);
      expect(await numbers()).toEqual([4, 3, 2, 1]);
      expect(await numbers({ open: true })).toEqual([2, 1]);
      expect(await numbers({ open: false })).toEqual([4, 3]);
      expect(await numbers({ severity: "SEV1" })).toEqual([4, 2]);
      expect(await numbers({ open: true, severity: "SEV1" })).toEqual([2]);
    });

    it("cannot be changed by whoever has read it", async () => {
      await bench.store.commit({ at: 1, incident: incident(1) });
      const read = await bench.store.incident(1);
      expect(() => Object.assign(read?.updates ?? {}, { length: 0 })).toThrow(TypeError);
    });
  });

  describe("a message", () => {
    it("is read as it was committed, with its revisions and marks", async () => {
      const record = message({
        threadTs: "999.000001",
        files: ["F1"],
        revisions: [
          { editedTs: "", text: words("first", "errror") },
          { editedTs: "1001.000000", text: words("second", "error") },
        ],
        marks: [{ person: "U2", kind: "pushpin", present: true, eventTs: "1002.000000" }],
      });
      expect(await bench.store.commit({ at: 1, message: { expected: 0, message: record } })).toEqual(
        committed,
      );
      expect(await bench.store.message("C1", record.ts)).toEqual(record);
      expect(await bench.store.messages(1)).toEqual([record]);
      expect(await bench.store.message("C1", "1.0")).toBeUndefined();
      expect(await bench.store.message("C2", record.ts)).toBeUndefined();
    });

    it("conflicts with a version that moved on", async () => {
      const { store } = bench;
      await store.commit({ at: 1, message: { expected: 0, message: message() } });
      expect(await store.commit({ at: 1, message: { expected: 0, message: message() } })).toEqual(conflict);
      const second = message({ version: 2, files: ["F1"] });
      expect(await store.commit({ at: 1, message: { expected: 1, message: second } })).toEqual(committed);
      expect(await store.commit({ at: 1, message: { expected: 1, message: second } })).toEqual(conflict);
      expect(await store.message("C1", second.ts)).toEqual(second);
    });

    it("stays as it is when a fact brought nothing new", async () => {
      await bench.store.commit({ at: 1, message: { expected: 0, message: message() } });
      const same = { expected: 1, message: message() };
      expect(await bench.store.commit({ at: 2, message: same })).toEqual(committed);
      expect(await bench.store.message("C1", "1000.000100")).toEqual(message());
    });

    it("is listed by ts, whenever it arrived, and only in its incident", async () => {
      for (const [ts, number] of [
        ["1002.000000", 1],
        ["1001.000000", 1],
        ["1000.000000", 2],
      ] as const)
        await bench.store.commit({
          at: 1,
          message: { expected: 0, message: message({ ts, incident: number }) },
        });
      expect((await bench.store.messages(1)).map(({ ts }) => ts)).toEqual(["1001.000000", "1002.000000"]);
    });

    it("is listed in order of arrival where ts are equal", async () => {
      for (const channel of ["C9", "C1", "C5"])
        await bench.store.commit({ at: 1, message: { expected: 0, message: message({ channel }) } });
      const moved = message({ channel: "C9", version: 2, files: ["F1"] });
      await bench.store.commit({ at: 1, message: { expected: 1, message: moved } });
      expect((await bench.store.messages(1)).map(({ channel }) => channel)).toEqual(["C9", "C1", "C5"]);
    });

    it("tells when anything was last said in an incident, whatever became of it and in whatever order it arrived", async () => {
      const { store } = bench;
      expect(await store.lastSaid(1)).toBeUndefined();
      const said: Parameters<typeof message>[0][] = [
        { ts: "1002.000000", deletedAt: 1003, revisions: [] },
        { ts: "1001.000000" },
        // Of this one only a mark has arrived.
        { ts: "1009.000000", said: false, author: null, revisions: [] },
        { ts: "1010.000000", incident: 2 },
      ];
      for (const change of said)
        await store.commit({ at: 1, message: { expected: 0, message: message(change) } });
      expect(await store.lastSaid(1)).toBe("1002.000000");
    });

    it("is key as long as one mark is present", async () => {
      const { store } = bench;
      const mark = (person: string, present: boolean) => ({ person, kind: "pushpin", present, eventTs: "1" });
      const write = (version: number, marks: ReturnType<typeof mark>[]) =>
        store.commit({ at: 1, message: { expected: version - 1, message: message({ version, marks }) } });
      const key = async () => (await store.messages(1, { marked: true })).map(({ marks }) => marks);
      await store.commit({ at: 1, message: { expected: 0, message: message({ ts: "1.0" }) } });
      await write(1, [mark("U1", true), mark("U2", true)]);
      expect(await key()).toEqual([[mark("U1", true), mark("U2", true)]]);
      await write(2, [mark("U1", false), mark("U2", true)]);
      expect(await key()).toEqual([[mark("U1", false), mark("U2", true)]]);
      await write(3, [mark("U1", false), mark("U2", false)]);
      expect(await key()).toEqual([]);
      expect(await store.messages(1)).toHaveLength(2);
    });
  });

  describe("messages in pages", () => {
    const rows = [
      message({ ts: "1000.000100" }),
      message({ ts: "1001.000000", threadTs: "1000.000100" }),
      message({
        ts: "1002.000000",
        marks: [
          { person: "U2", kind: "pushpin", present: false, eventTs: "1002.5", noticedAt: 7 },
          { person: "U3", kind: "pin", present: true, eventTs: "1002.6" },
        ],
      }),
      message({
        ts: "1003.000000",
        threadTs: "1000.000100",
        deletedAt: 5,
        deletionNoticed: true,
        revisions: [],
      }),
      message({ ts: "1004.000000", incident: 2 }),
      message({ ts: "1005.000000", threadTs: "1004.000000", deletedAt: 5, revisions: [] }),
      message({ ts: "1006.000000", channel: "C2" }),
    ];
    const fill = async () => {
      for (const row of rows) await bench.store.commit({ at: 1, message: { expected: 0, message: row } });
    };

    it("are those of the channel itself, newest first, before a ts", async () => {
      await fill();
      const page = (before: string, limit = 10) => bench.store.messagesBefore("C1", { before, limit });
      expect(await page("9999999999.999999")).toEqual([rows[4], rows[2], rows[0]]);
      expect(await page("1004.000000")).toEqual([rows[2], rows[0]]);
      expect(await page("1004.000000", 1)).toEqual([rows[2]]);
      expect(await page("1000.000100")).toEqual([]);
    });

    it("are those of a thread, oldest first, after a ts", async () => {
      await fill();
      const thread = { channel: "C1", threadTs: "1000.000100" };
      const page = (after: string, limit = 10) => bench.store.repliesAfter(thread, { after, limit });
      expect(await page("")).toEqual([rows[1], rows[3]]);
      expect(await page("", 1)).toEqual([rows[1]]);
      expect(await page("1001.000000")).toEqual([rows[3]]);
    });

    it("name the threads in which anything is left", async () => {
      await fill();
      const threads = (from: string, before: string) => bench.store.threads("C1", { from, before });
      expect(await threads("", "9999999999.999999")).toEqual(["1000.000100"]);
      expect(await threads("1000.000100", "1001.0")).toEqual(["1000.000100"]);
      expect(await threads("1000.000101", "1001.0")).toEqual([]);
      expect(await threads("", "1000.000100")).toEqual([]);
    });
  });

  describe("erasure", () => {
    const first = words("first", "password: hunter2");
    const second = words("second", "password: ***");
    const revisions = [
      { editedTs: "", text: first },
      { editedTs: "1001.000000", text: second },
    ];
    const gone = message({ version: 2, revisions: [], deletedAt: 3000 });

    it("blanks every wording of a deleted message, and each place that quotes one", async () => {
      const { store } = bench;
      await store.commit({ at: 1, message: { expected: 0, message: message({ revisions }) } });
      await store.commit({ at: 1, incident: incident(1, [logged("e1", first)]) });
      await store.incident(1);
      await store.commit({ at: 2, message: { expected: 1, message: { ...gone, revisions } } });
      const blank = { words: "first", body: null };
      expect((await store.message("C1", gone.ts))?.revisions.map(({ text }) => text)).toEqual([
        blank,
        { words: "second", body: null },
      ]);
      expect((await store.incident(1))?.entries[0]?.text).toEqual(blank);
      expect((await store.incidents())[0]?.entries[0]?.text).toEqual(blank);
      expect((await store.events(1))[1]?.event.data).toMatchObject({ text: blank });
      expect((await store.incident(1))?.title.body).toBe("checkout 500s");
    });

    it("reaches wordings that the deleted record no longer names", async () => {
      const { store } = bench;
      await store.commit({ at: 1, message: { expected: 0, message: message({ revisions }) } });
      await store.commit({ at: 2, message: { expected: 1, message: gone } });
      await store.commit({ at: 3, incident: incident(1, [logged("e1", second)]) });
      expect((await store.incident(1))?.entries[0]?.text.body).toBeNull();
    });

    it("holds against a commit that still carries the text", async () => {
      const { store } = bench;
      const write = incident(1, [logged("e1", first)]);
      const deletion = store.commit({
        at: 2,
        message: { expected: 0, message: message({ revisions, deletedAt: 3000 }) },
      });
      await Promise.all([deletion, store.commit({ at: 3, incident: write })]);
      expect((await store.incident(1))?.entries[0]?.text).toEqual({ words: "first", body: null });
    });
  });

  describe("a commit", () => {
    it("answers a repeated input with the first answer, by any of its keys", async () => {
      const { store } = bench;
      const input = { keys: ["Ev1", "message:C1:1.0"], answer };
      expect(await store.commit({ at: 1, input })).toEqual(committed);
      const again = { keys: ["Ev2", "message:C1:1.0"], answer: { type: "Noted" } as const };
      expect(await store.commit({ at: 2, input: again, meta: { a: "1" } })).toEqual({
        kind: "duplicate",
        answer,
      });
      expect(await store.meta("a")).toBeUndefined();
      expect(await store.answerOf(["Ev2"])).toBeUndefined();
      expect(await store.answerOf(["Ev2", "Ev1"])).toEqual(answer);
      expect(await store.answerOf([])).toBeUndefined();
    });

    it("tells a duplicate from a conflict: the answer counts, not what was decided since", async () => {
      const { store } = bench;
      const write = { at: 1, incident: incident(1), input: { keys: ["k"], answer } };
      expect(await Promise.all([store.commit(write), store.commit(write)])).toEqual([
        committed,
        { kind: "duplicate", answer },
      ]);
    });

    describe("forgets inputs after 48 hours", () => {
      const hour = 3_600_000;
      const takenAt = (...times: number[]) =>
        times.reduce<Promise<unknown>>(
          (before, at) =>
            before.then(() => bench.store.commit({ at: at * hour, input: { keys: [`at ${at}`], answer } })),
          Promise.resolve(),
        );
      const isKnown = async (at: number) => (await bench.store.answerOf([`at ${at}`])) !== undefined;

      it("and not before", async () => {
        await takenAt(0, 5, 49, 51);
        expect([await isKnown(0), await isKnown(5), await isKnown(49)]).toEqual([false, true, true]);
      });

      it("but not at once when its clock is set forward by days", async () => {
        await takenAt(0, 1, 100);
        expect([await isKnown(0), await isKnown(1)]).toEqual([true, true]);
        await takenAt(2);
        expect([await isKnown(0), await isKnown(1), await isKnown(100)]).toEqual([true, true, true]);
      });

      it("though its clock is set back by days", async () => {
        await takenAt(100, 1, 3, 149, 151);
        expect([await isKnown(100), await isKnown(149)]).toEqual([false, true]);
      });
    });

    it("stands or falls alone among those of the same moment", async () => {
      const { store } = bench;
      const broken = incident(2);
      const results = await Promise.allSettled([
        store.commit({ at: 1, incident: incident(1), input: { keys: ["a"], answer } }),
        store.commit({
          at: 1,
          incident: { ...broken, state: { ...broken.state, version: 9 } },
          meta: { b: "1" },
        }),
        store.commit({ at: 1, incident: incident(1) }),
        store.commit({ at: 1, input: { keys: ["a"], answer: { type: "Noted" } } }),
        store.commit({ at: 1, incident: incident(3), outbox: [effect("x")] }),
      ]);
      expect(results.map((result) => (result.status === "fulfilled" ? result.value.kind : "threw"))).toEqual([
        "committed",
        "threw",
        "conflict",
        "duplicate",
        "committed",
      ]);
      expect((await store.incidents()).map(({ number }) => number)).toEqual([3, 1]);
      expect(await store.meta("b")).toBeUndefined();
      expect(store.pendingCommits).toBe(0);
    });

    it("undoes what a commit wrote before it threw", async () => {
      const { store } = bench;
      const write = incident(1);
      const [event] = write.events;
      if (!event) throw new Error("an incident has an event");
      // No column takes NaN for a time, which shows only once the state has been written.
      const broken = { ...write, events: [{ ...event, at: Number.NaN }] };
      await expect(store.commit({ at: 1, incident: broken })).rejects.toThrow("NOT NULL");
      expect(await store.incident(1)).toBeUndefined();
      expect(await store.commit({ at: 1, incident: write })).toEqual(committed);
    });

    it("keeps who asked for every update, each once, until they do no more", async () => {
      const { store } = bench;
      for (const user of ["U2", "U1", "U2"]) await store.commit({ at: 1, subscription: { user, on: true } });
      expect(await store.subscribers()).toEqual(["U1", "U2"]);
      await store.commit({ at: 2, subscription: { user: "U2", on: false } });
      await store.commit({ at: 3, subscription: { user: "U9", on: false } });
      expect(await store.subscribers()).toEqual(["U1"]);
    });

    it("blanks texts for good, wherever they are quoted", async () => {
      const { store } = bench;
      const write = incident(1);
      await store.commit({ at: 1, incident: write });
      const { title } = write.state;
      await store.commit({ at: 2, erase: [title.words] });
      expect((await store.incident(1))?.title).toEqual({ words: title.words, body: null });
    });

    it("keeps people and notes, the newest of each", async () => {
      const { store } = bench;
      const person = { id: "U1", name: "alice", isBot: false };
      await store.commit({
        at: 1,
        people: [person, { id: "U2", name: "bob", isBot: false }],
        meta: { a: "1" },
      });
      await store.commit({ at: 2, people: [{ ...person, name: "alicia" }], meta: { a: "2", b: "3" } });
      expect(await store.people(["U1", "U9"])).toEqual(new Map([["U1", { ...person, name: "alicia" }]]));
      expect([await store.meta("a"), await store.meta("b"), await store.meta("c")]).toEqual([
        "2",
        "3",
        undefined,
      ]);
    });

    it("tells who works the outbox off once there is something new on disk, and of nothing else", async () => {
      const { store } = bench;
      const heard: number[] = [];
      const stop = store.onWork(() => heard.push(store.pendingCommits));
      await store.commit({ at: 1, input: { keys: ["k"], answer }, outbox: [effect("a")] });
      expect(heard).toEqual([0]);
      await store.commit({ at: 1, input: { keys: ["k"], answer }, outbox: [effect("b")] });
      await store.commit({ at: 1, incident: history(1, [declared(1)], [resolved]), outbox: [effect("c")] });
      const [claimed] = await store.claim({ now: 1000, token: "t", leasedUntil: 2000, ids: [1] });
      await store.commit({ at: 1, message: { expected: 0, message: message() }, outbox: [] });
      expect(heard).toEqual([0]);
      const settle = { id: claimed?.id ?? 0, token: "t", outcome: { as: "dead", error: "no" } } as const;
      await store.commit({ at: 1000, settle });
      expect(heard).toEqual([0, 0]);
      await store.commit({ at: 1, dead: { retry: ["a"], giveUp: [] } });
      await store.commit({ at: 1, release: 1 });
      expect(heard).toEqual([0, 0, 0]);
      const [again] = await store.claim({ now: 1000, token: "u", leasedUntil: 2000, ids: [1] });
      const held = { id: again?.id ?? 0, token: "u", outcome: { as: "held", why: "archived" } } as const;
      await store.commit({ at: 1000, settle: held });
      await store.commit({ at: 1000, release: 1 });
      expect(heard).toHaveLength(5);
      stop();
      await store.commit({ at: 2, outbox: [effect("d")] });
      expect(heard).toHaveLength(5);
    });

    it("can carry hundreds at once", async () => {
      const { store } = bench;
      const writes = Array.from({ length: 300 }, (_, index) =>
        store.commit({ at: 1, message: { expected: 0, message: message({ ts: `${2000 + index}.0` }) } }),
      );
      expect(store.pendingCommits).toBe(300);
      expect(new Set((await Promise.all(writes)).map(({ kind }) => kind))).toEqual(new Set(["committed"]));
      expect(await store.messages(1)).toHaveLength(300);
    });
  });
}

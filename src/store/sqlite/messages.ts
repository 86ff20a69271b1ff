import { isMarked, type MessageRecord } from "../../domain/record.ts";
import { decodeMessage, encode, wordsIn } from "../codec.ts";
import type { Thread, Write } from "../port.ts";
import { and, asc, desc, eq, sql } from "./drizzle.ts";
import { bound, boundSql, inJson, type Orm, runner } from "./orm.ts";
import { marks, messages } from "./tables.ts";
import type { Texts } from "./texts.ts";

type Row = typeof messages.$inferSelect;
type MarkRow = typeof marks.$inferSelect;

/** Messages with their marks. */
export function messagesIn(orm: Orm, texts: Texts) {
  const here = and(eq(messages.channel, bound("channel")), eq(messages.ts, bound("ts")));
  const ofIncident = eq(messages.incident, bound("incident"));
  // Spelt out, since SQLite takes the partial index for no bound value.
  const marked = sql`${messages.marked} = 1`;
  const inOrder = [asc(messages.ts), asc(messages.arrival)] as const;
  const joined = and(eq(marks.channel, messages.channel), eq(marks.ts, messages.ts));
  const markColumns = {
    channel: marks.channel,
    ts: marks.ts,
    person: marks.person,
    kind: marks.kind,
    present: marks.present,
    eventTs: marks.eventTs,
    noticedAt: marks.noticedAt,
  };
  const one = orm.select().from(messages).where(here).prepare();
  const version = orm.select({ version: messages.version }).from(messages).where(here).prepare();
  const marksOfOne = orm
    .select()
    .from(marks)
    .where(and(eq(marks.channel, bound("channel")), eq(marks.ts, bound("ts"))))
    .prepare();
  const listed = {
    all: orm
      .select()
      .from(messages)
      .where(ofIncident)
      .orderBy(...inOrder)
      .prepare(),
    marked: orm
      .select()
      .from(messages)
      .where(and(ofIncident, marked))
      .orderBy(...inOrder)
      .prepare(),
  };
  const newest = orm
    .select({ ts: messages.ts })
    .from(messages)
    .where(and(ofIncident, sql`${messages.said} = 1`))
    .orderBy(desc(messages.ts))
    .limit(1)
    .prepare();
  // A left operand of `cross join` is always SQLite's outer loop: messages lead, marks follow by key.
  const marksOf = {
    all: orm.select(markColumns).from(messages).crossJoin(marks).where(and(ofIncident, joined)).prepare(),
    marked: orm
      .select(markColumns)
      .from(messages)
      .crossJoin(marks)
      .where(and(ofIncident, marked, joined))
      .prepare(),
  };
  const inChannel = eq(messages.channel, bound("channel"));
  const before = orm
    .select()
    .from(messages)
    .where(and(inChannel, sql`${messages.threadTs} is null`, sql`${messages.ts} < ${boundSql("before")}`))
    .orderBy(desc(messages.ts))
    .limit(bound("limit"))
    .prepare();
  const repliesAfter = orm
    .select()
    .from(messages)
    .where(
      and(inChannel, eq(messages.threadTs, bound("threadTs")), sql`${messages.ts} > ${boundSql("after")}`),
    )
    .orderBy(asc(messages.ts))
    .limit(bound("limit"))
    .prepare();
  const threads = orm
    .selectDistinct({ ts: messages.threadTs })
    .from(messages)
    .where(
      and(
        inChannel,
        sql`${messages.threadTs} >= ${boundSql("from")} and ${messages.threadTs} < ${boundSql("before")}`,
        sql`${messages.deletedAt} is null`,
      ),
    )
    .prepare();
  const marksOfThese = orm
    .select()
    .from(marks)
    .where(and(eq(marks.channel, bound("channel")), inJson(marks.ts, "these")))
    .prepare();
  const insert = runner(
    orm,
    orm.insert(messages).values({
      channel: bound("channel"),
      ts: bound("ts"),
      incident: bound("incident"),
      version: bound("version"),
      said: bound("said"),
      author: bound("author"),
      threadTs: bound("threadTs"),
      files: bound("files"),
      revisions: bound("revisions"),
      deletedAt: bound("deletedAt"),
      deletionNoticed: bound("deletionNoticed"),
      recordedAt: bound("recordedAt"),
      marked: bound("marked"),
    }),
  );
  const update = orm
    .update(messages)
    .set({
      version: boundSql("version"),
      said: sql`${sql.param(bound("said"), messages.said)}`,
      author: boundSql("author"),
      threadTs: boundSql("threadTs"),
      files: boundSql("files"),
      revisions: boundSql("revisions"),
      deletedAt: boundSql("deletedAt"),
      deletionNoticed: sql`${sql.param(bound("deletionNoticed"), messages.deletionNoticed)}`,
      marked: sql`${sql.param(bound("marked"), messages.marked)}`,
    })
    .where(here)
    .prepare();
  const setMark = orm
    .insert(marks)
    .values({
      channel: bound("channel"),
      ts: bound("ts"),
      person: bound("person"),
      kind: bound("kind"),
      present: bound("present"),
      eventTs: bound("eventTs"),
      noticedAt: bound("noticedAt"),
    })
    .onConflictDoUpdate({
      target: [marks.channel, marks.ts, marks.person, marks.kind],
      set: {
        present: sql`excluded.present`,
        eventTs: sql`excluded.event_ts`,
        noticedAt: sql`excluded.noticed_at`,
      },
    })
    .prepare();

  function records(rows: Row[], markRows: MarkRow[]): MessageRecord[] {
    const markedBy = Map.groupBy(markRows, ({ channel, ts }) => `${channel} ${ts}`);
    const stored = rows.map((row) => ({
      ...row,
      files: parsed(row.files),
      revisions: parsed(row.revisions),
      marks: (markedBy.get(`${row.channel} ${row.ts}`) ?? []).map(({ noticedAt, ...mark }) => ({
        ...mark,
        ...(noticedAt !== null && { noticedAt }),
      })),
    }));
    texts.hydrate(stored.map(({ revisions }) => revisions));
    return stored.map(decodeMessage);
  }

  const these = (channel: string, rows: Row[]): MessageRecord[] =>
    records(rows, marksOfThese.all({ channel, these: JSON.stringify(rows.map(({ ts }) => ts)) }));

  return {
    /** The stored version; 0 when nothing is known of it. */
    version: (channel: string, ts: string): number => version.get({ channel, ts })?.version ?? 0,
    get(channel: string, ts: string): MessageRecord | undefined {
      const row = one.get({ channel, ts });
      return row && records([row], marksOfOne.all({ channel, ts }))[0];
    },
    list: (incident: number, which: "all" | "marked"): MessageRecord[] =>
      records(listed[which].all({ incident }), marksOf[which].all({ incident })),
    lastSaid: (incident: number): string | undefined => newest.get({ incident })?.ts,
    before(range: { channel: string; before: string; limit: number }): MessageRecord[] {
      return these(range.channel, before.all(range));
    },
    repliesAfter(range: Thread & { after: string; limit: number }): MessageRecord[] {
      return these(range.channel, repliesAfter.all({ ...range }));
    },
    threads: (range: { channel: string; from: string; before: string }): string[] =>
      threads.all(range).flatMap(({ ts }) => ts ?? []),
    /** @returns whether texts were erased */
    write({ expected, message }: NonNullable<Write["message"]>, at: number): boolean {
      if (message.version === expected) return false;
      const { channel, ts, deletedAt } = message;
      const revisions = encode(message.revisions);
      // What it was decided upon was compared in this commit.
      const stored = expected === 0 ? undefined : one.get({ channel, ts });
      if (deletedAt === null) texts.keep(revisions.bodies);
      else texts.erase(wordsIn([parsed(stored?.revisions ?? "[]"), parsed(revisions.json)]), at);
      const row = {
        ...message,
        files: JSON.stringify(message.files),
        revisions: revisions.json,
        marked: isMarked(message),
      };
      if (stored) update.run(row);
      else insert(row);
      for (const mark of message.marks)
        setMark.run({ channel, ts, ...mark, noticedAt: mark.noticedAt ?? null });
      return deletedAt !== null;
    },
  };
}

export type Messages = ReturnType<typeof messagesIn>;

const parsed = (json: string): unknown => JSON.parse(json);

import type { Urgency } from "../../domain/effect.ts";
import { severities } from "../../domain/vocab.ts";
import { foreignKey, index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from "./drizzle.ts";

/** Instants are ms since the epoch; columns named in JSON hold it as text, parsed by `codec.ts`, never by drizzle. */

/** A cache of the fold over `events`. */
export const incidents = sqliteTable(
  "incidents",
  {
    number: integer("number").primaryKey(),
    version: integer("version").notNull(),
    /** `incidentShape` of the code that wrote `state`. */
    shape: integer("shape").notNull(),
    /** JSON. */
    state: text("state").notNull(),
    open: integer("open", { mode: "boolean" }).notNull(),
    severity: text("severity", { enum: severities }).notNull(),
    /** Slack's id of the incident channel. */
    channel: text("channel"),
  },
  (table) => [
    index("incidents_channel").on(table.channel),
    index("incidents_open").on(table.open),
    index("incidents_severity").on(table.severity),
  ],
);

export const events = sqliteTable(
  "events",
  {
    incident: integer("incident")
      .notNull()
      .references(() => incidents.number),
    seq: integer("seq").notNull(),
    v: integer("v").notNull(),
    type: text("type").notNull(),
    at: integer("at").notNull(),
    recordedAt: integer("recorded_at").notNull(),
    /** JSON. */
    actor: text("actor").notNull(),
    /** JSON. */
    data: text("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.incident, table.seq] })],
);

export const messages = sqliteTable(
  "messages",
  {
    /** Order in which messages first arrived. */
    arrival: integer("arrival").primaryKey({ autoIncrement: true }),
    channel: text("channel").notNull(),
    ts: text("ts").notNull(),
    incident: integer("incident").notNull(),
    version: integer("version").notNull(),
    said: integer("said", { mode: "boolean" }).notNull(),
    author: text("author"),
    threadTs: text("thread_ts"),
    /** JSON. */
    files: text("files").notNull(),
    /** JSON. */
    revisions: text("revisions").notNull(),
    deletedAt: integer("deleted_at"),
    deletionNoticed: integer("deletion_noticed", { mode: "boolean" }).notNull().default(false),
    recordedAt: integer("recorded_at").notNull(),
    /** Whether any of its marks is present. */
    marked: integer("marked", { mode: "boolean" }).notNull(),
  },
  (table) => [
    uniqueIndex("messages_channel_ts").on(table.channel, table.ts),
    index("messages_incident").on(table.incident, table.ts),
    index("messages_thread").on(table.channel, table.threadTs, table.ts),
    index("messages_marked")
      .on(table.incident, table.ts)
      .where(sql`marked = 1`),
  ],
);

export const marks = sqliteTable(
  "marks",
  {
    channel: text("channel").notNull(),
    ts: text("ts").notNull(),
    person: text("person").notNull(),
    kind: text("kind").notNull(),
    present: integer("present", { mode: "boolean" }).notNull(),
    eventTs: text("event_ts").notNull(),
    noticedAt: integer("noticed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.channel, table.ts, table.person, table.kind] }),
    foreignKey({ columns: [table.channel, table.ts], foreignColumns: [messages.channel, messages.ts] }),
  ],
);

/** What people wrote, once each. A row without a body was erased and keeps the text from coming back. */
export const texts = sqliteTable("texts", {
  id: text("id").primaryKey(),
  body: text("body"),
  erasedAt: integer("erased_at"),
});

/** Who gets each update as a direct message. */
export const subscriptions = sqliteTable("subscriptions", {
  user: text("user").primaryKey(),
  since: integer("since").notNull(),
});

export const outboxStates = ["pending", "claimed", "held", "done", "skipped", "dead"] as const;

export const outbox = sqliteTable(
  "outbox",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    key: text("key").notNull(),
    incident: integer("incident"),
    type: text("type").notNull(),
    /** JSON. */
    effect: text("effect").notNull(),
    target: text("target").notNull(),
    collapse: text("collapse"),
    urgency: integer("urgency").$type<Urgency>().notNull(),
    dueAt: integer("due_at").notNull(),
    timer: integer("timer", { mode: "boolean" }).notNull(),
    state: text("state", { enum: outboxStates }).notNull().default("pending"),
    leaseToken: text("lease_token"),
    /** Wire time. */
    leasedUntil: integer("leased_until"),
    attempts: integer("attempts").notNull().default(0),
    suspectSince: integer("suspect_since"),
    /** The attempt that set `suspectSince`. */
    suspectAttempt: integer("suspect_attempt"),
    /** How often it was put back after it had died. */
    retries: integer("retries").notNull().default(0),
    /** What the last attempt met, or why it was skipped. */
    lastError: text("last_error"),
    secret: text("secret"),
    createdAt: integer("created_at").notNull(),
    settledAt: integer("settled_at"),
  },
  (table) => [
    uniqueIndex("outbox_key").on(table.key),
    // Claiming, in order; and what stands before a row on its target.
    index("outbox_ready")
      .on(table.urgency, table.id)
      .where(sql`settled_at is null and timer = 0`),
    // The same of what does not go to Slack, so that it is found behind however much waits for that.
    index("outbox_webhooks")
      .on(table.urgency, table.id)
      .where(sql`settled_at is null and timer = 0 and type = 'CallWebhook'`),
    index("outbox_target")
      .on(table.target, table.id)
      .where(sql`settled_at is null and timer = 0`),
    index("outbox_collapse")
      .on(table.collapse, table.id)
      .where(sql`settled_at is null and collapse is not null`),
    index("outbox_due")
      .on(table.state, table.timer, table.dueAt)
      .where(sql`settled_at is null`),
    index("outbox_dead")
      .on(table.id)
      .where(sql`state = 'dead'`),
  ],
);

/** Keys of inputs that were carried out, with what was answered. Kept 48 hours. */
export const inputs = sqliteTable(
  "inputs",
  {
    key: text("key").primaryKey(),
    /** JSON. */
    answer: text("answer").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [index("inputs_at").on(table.at)],
);

export const people = sqliteTable("people", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  isBot: integer("is_bot", { mode: "boolean" }).notNull(),
});

export const meta = sqliteTable("meta", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
});

import { z } from "zod";
import { actorSchema } from "./actor.ts";
import { liveStatuses, severities, statuses } from "./vocab.ts";
import { type Words, wordsSchema } from "./words.ts";

/** The five lines of a stakeholder update, as facts; rendering is the template's. Instants are ms since the epoch. */
export const updateLinesSchema = z.object({
  status: z.enum(statuses),
  impact: wordsSchema.nullable(),
  started: z.object({ at: z.number(), assumed: z.boolean() }),
  currentAction: wordsSchema.nullable(),
  /** Null: no further update is promised (the final one, or a severity without a clock). */
  nextUpdate: z.number().nullable(),
});
export type UpdateLines = z.infer<typeof updateLinesSchema>;

/** Where a line of a draft comes from, shown beside it. */
export const sourceSchema = z.object({
  line: z.enum(["impact", "currentAction"]),
  /** What kind of record, in words: `update 2`, `message`, `log entry`. */
  from: z.string(),
  at: z.number(),
  /** Message in the incident channel, when it is one. */
  ts: z.string().optional(),
  /** Of a reply: the message that it answers. */
  threadTs: z.string().optional(),
});
export type Source = z.infer<typeof sourceSchema>;

export const draftSchema = z.object({ lines: updateLinesSchema, sources: z.array(sourceSchema) });
export type Draft = z.infer<typeof draftSchema>;

/** What an update of one line tells: one change, instead of the five lines. */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("status"), from: z.enum(statuses), to: z.enum(liveStatuses) }),
  /** `from` and `to` are the same where a provisional severity was confirmed. */
  z.object({
    kind: z.literal("severity"),
    from: z.enum(severities),
    to: z.enum(severities),
    reason: wordsSchema.nullable(),
  }),
  /** `duplicateOf`: the number of the incident that it is the same as. */
  z.object({
    kind: z.literal("cancelled"),
    from: z.enum(statuses),
    reason: wordsSchema.nullable(),
    duplicateOf: z.number().nullable(),
  }),
  z.object({ kind: z.literal("reopened"), from: z.enum(statuses), reason: wordsSchema }),
]);
export type Change = z.infer<typeof changeSchema>;

/** Why, as far as the change says so. */
export const reasonOf = (change: Change): Words | null => (change.kind === "status" ? null : change.reason);

export const updateSchema = z.object({
  /** Update number one is the announcement; posted ones start at two. */
  n: z.number().int(),
  at: z.number(),
  by: actorSchema,
  lines: updateLinesSchema,
  /** The template's text when it was published. */
  template: z.string(),
  /** Set when Sitrep posted it: since when nothing new was reported. */
  automaticSince: z.number().nullable(),
  /** Ms after its due time, where Sitrep could not post it when it should have. */
  lateBy: z.number().optional(),
  final: z.boolean(),
  /** Set on an update of one line; its `lines` are what stood at that time. */
  change: changeSchema.optional(),
});
export type Update = z.infer<typeof updateSchema>;

import { z } from "zod";
import { actorSchema } from "./actor.ts";
import { actionItemsSchema } from "./action-items/state.ts";
import { asksSchema } from "./asks/state.ts";
import { assessmentSchema } from "./assessment/state.ts";
import { audiencesSchema } from "./audiences/state.ts";
import { correctionsSchema } from "./corrections/state.ts";
import { endingSchema } from "./ending/state.ts";
import { escalationSchema } from "./escalation/state.ts";
import { mitigationStateSchema } from "./mitigation/state.ts";
import { accessSchema } from "./access/state.ts";
import { departedSchema } from "./departures/state.ts";
import { openingSchema } from "./opening/state.ts";
import { lateSchema } from "./lateness/state.ts";
import { outageSchema } from "./outage.ts";
import { presenceSchema } from "./presence/state.ts";
import { rolesSchema } from "./roles/state.ts";
import { runbooksSchema } from "./runbooks/state.ts";
import { slotSchema } from "./slot.ts";
import { troubleSchema } from "./troubles/state.ts";
import { draftSchema, updateSchema } from "./update.ts";
import { dataLossAnswers, isLive, severities, statuses, writtenSections } from "./vocab.ts";
import { wordsSchema } from "./words.ts";

const postSchema = z.object({ channel: z.string(), ts: z.string() });

/** A line that a person put on the timeline with `log`. */
const entrySchema = z.object({
  id: z.string(),
  /** When it happened. */
  at: z.number(),
  recordedAt: z.number(),
  by: actorSchema,
  text: wordsSchema,
  hidden: z.boolean(),
});

const sectionSchema = z.object({
  text: wordsSchema,
  /** Came from a file, in markdown; else it is in Slack's mrkdwn. */
  markdown: z.boolean(),
  by: actorSchema,
  at: z.number(),
  /** Of the event that wrote it. */
  version: z.number().int(),
});
export type Section = z.infer<typeof sectionSchema>;

const copySchema = z.object({
  /** Whose direct messages it goes to, a user id; null: the incident channel. */
  to: z.string().nullable(),
  /** Slack's id, once uploaded. */
  file: z.string().nullable(),
  shared: z.boolean(),
});

export const incidentSchema = z.object({
  number: z.number().int().positive(),
  /** Count of events folded in; what a commit must still find. */
  version: z.number().int().positive(),
  title: wordsSchema,
  status: z.enum(statuses),
  severity: z.enum(severities),
  /** Nobody gave the severity: it is the configured default. */
  provisional: z.boolean(),
  /** Nothing about it may show where somebody outside its channel could see it. */
  private: z.boolean(),
  /** A rehearsal: in no statistic, announced to nobody. */
  drill: z.boolean(),
  /** Affected services, by the names of the configuration or as people wrote them. */
  services: z.array(z.string()),
  declaredAt: z.number(),
  declaredBy: actorSchema,
  started: z.object({ at: z.number(), assumed: z.boolean() }),
  impact: wordsSchema.nullable(),
  currentAction: wordsSchema.nullable(),
  /** False where the configuration switches announcements off. */
  announce: z.boolean(),
  /** The channel that was asked for; Slack's answer stands in `channel`. */
  channelName: z.string(),
  channel: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** A channel that was there before and that Sitrep entered: it is never renamed and never archived. */
  here: z.object({ channel: z.string(), name: z.string() }).nullable(),
  /** Messages of ours that exist in Slack, by slot. */
  posts: z.partialRecord(slotSchema, postSchema),
  updates: z.array(updateSchema),
  /** When the next update was promised; null: no clock runs. */
  nextDue: z.number().nullable(),
  reminder: z
    .object({
      due: z.number(),
      remindedAt: z.number(),
      /** Whom it mentions: a Slack user id. */
      to: z.string().nullable(),
      draft: draftSchema,
      /** Set once it was snoozed: nothing on it can be pressed any more. */
      snoozed: z.object({ until: z.number(), by: actorSchema }).nullable(),
    })
    .nullable(),
  /** Snoozes since the last update; two in a row at most. */
  snoozes: z.number().int(),
  /** Updates in a row that Sitrep posted itself. */
  automaticInRow: z.number().int(),
  /** Since when nobody has answered, once automatic updates have stopped. */
  pausedSince: z.number().nullable(),
  entries: z.array(entrySchema),
  /** Changes of the title, by the version of the event. */
  renames: z.array(
    z.object({
      version: z.number().int(),
      at: z.number(),
      by: actorSchema,
      from: wordsSchema,
      to: wordsSchema,
    }),
  ),
  resolved: z
    .object({
      /** When users had recovered. */
      recovered: z.object({ at: z.number(), assumed: z.boolean() }),
      /** When somebody said so. */
      at: z.number(),
      by: actorSchema,
      fix: wordsSchema.nullable(),
      dataLoss: z.enum(dataLossAnswers).nullable(),
    })
    .nullable(),
  sections: z.partialRecord(z.enum(writtenSections), sectionSchema),
  /** Files of the post-mortem by what asked for them; `draft` is the one that resolving posts. */
  copies: z.record(z.string(), copySchema),
  /** What Slack refused, in order. */
  troubles: z.array(troubleSchema),
  /** When nothing of it could be shown, as far as that was noticed. */
  outages: z.array(outageSchema),
  late: lateSchema,
  roles: rolesSchema,
  asks: asksSchema,
  assessment: assessmentSchema,
  mitigation: mitigationStateSchema,
  escalation: escalationSchema,
  runbooks: runbooksSchema,
  corrections: correctionsSchema,
  ending: endingSchema,
  actionItems: actionItemsSchema,
  audiences: audiencesSchema,
  presence: presenceSchema,
  opening: openingSchema,
  access: accessSchema,
  departed: departedSchema,
});
export type Incident = z.infer<typeof incidentSchema>;

/** Raised with every change of `incidentSchema`, so that a cached state of an older shape is folded again. */
export const incidentShape = 8;

export const reference = (incident: number | { number: number }): string =>
  `INC-${typeof incident === "number" ? incident : incident.number}`;

export const isOpen = ({ status }: Pick<Incident, "status">): boolean => isLive(status);

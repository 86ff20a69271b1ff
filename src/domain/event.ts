import { z } from "zod";
import { accessEvents } from "./access/events.ts";
import { departuresEvents } from "./departures/events.ts";
import { actionItemsEvents } from "./action-items/events.ts";
import { asksEvents } from "./asks/events.ts";
import { assessmentEvents } from "./assessment/events.ts";
import { audiencesEvents } from "./audiences/events.ts";
import { correctionsEvents } from "./corrections/events.ts";
import { endingEvents } from "./ending/events.ts";
import { escalationEvents } from "./escalation/events.ts";
import { mitigationEvents } from "./mitigation/events.ts";
import { openingEvents } from "./opening/events.ts";
import { presenceEvents } from "./presence/events.ts";
import { rolesEvents } from "./roles/events.ts";
import { runbooksEvents } from "./runbooks/events.ts";
import { troublesEvents } from "./troubles/events.ts";
import { among, event } from "./event-shape.ts";
import { outageSchema } from "./outage.ts";
import { slotSchema } from "./slot.ts";
import { changeSchema, draftSchema, updateLinesSchema } from "./update.ts";
import { dataLossAnswers, liveStatuses, severities, statuses, writtenSections } from "./vocab.ts";
import { wordsSchema } from "./words.ts";

/** Those of the line from declaring to the post-mortem draft; each folder has its own. */
const coreEvents = [
  event("IncidentDeclared", {
    number: z.number().int().positive(),
    title: wordsSchema,
    severity: z.enum(severities),
    provisional: z.boolean(),
    channelName: z.string(),
    /** False where the configuration switches announcements off. */
    announce: z.boolean(),
    private: z.boolean(),
    drill: z.boolean(),
    services: z.array(z.string()),
    impact: wordsSchema.nullable(),
    /** The channel that it is opened in; else it gets one of its own. */
    here: z.object({ channel: z.string(), name: z.string() }).optional(),
    /** Template of the announcement, which is update number one. */
    template: z.string(),
    nextUpdate: z.number().nullable(),
    /** When the four questions are asked again; null: they are not. */
    askAgainAt: z.number().nullable().optional(),
  }),
  event("StatusChanged", { from: z.enum(statuses), to: z.enum(liveStatuses) }),
  event("SeverityChanged", {
    from: z.enum(severities),
    to: z.enum(severities),
    /** Whether `from` was given by nobody. */
    wasProvisional: z.boolean(),
    reason: wordsSchema.nullable(),
  }),
  event("TitleChanged", { from: wordsSchema, to: wordsSchema }),
  event("StartedSet", { to: z.number() }),
  event("UpdatePublished", {
    n: z.number().int(),
    lines: updateLinesSchema,
    template: z.string(),
    automaticSince: z.number().nullable(),
    /** Ms after its due time, where Sitrep could not post it when it should have. */
    lateBy: z.number().optional(),
    final: z.boolean(),
    /** Due time of the reminder that it retires. */
    answers: z.number().nullable(),
    change: changeSchema.optional(),
  }),
  event("UpdateReminded", {
    due: z.number(),
    to: z.string().nullable(),
    draft: draftSchema,
    /** When the grace period ends; null: a missed one is not acted upon. */
    graceUntil: z.number().nullable(),
  }),
  event("UpdateSnoozed", { due: z.number(), until: z.number() }),
  event("UpdatesPaused", { since: z.number() }),
  event("EntryLogged", { entry: z.string(), happenedAt: z.number(), text: wordsSchema }),
  event("EntryHidden", { entry: z.string() }),
  event("IncidentResolved", {
    recovered: z.object({ at: z.number(), assumed: z.boolean() }),
    fix: wordsSchema.nullable(),
    dataLoss: z.enum(dataLossAnswers).nullable(),
  }),
  /** *Add details* to an incident that is resolved already. */
  event("ResolutionDetailed", {
    recovered: z.object({ at: z.number(), assumed: z.boolean() }),
    fix: wordsSchema.nullable(),
    dataLoss: z.enum(dataLossAnswers).nullable(),
  }),
  event("SectionsWritten", {
    sections: z.partialRecord(z.enum(writtenSections), wordsSchema),
    /** Those that came from a file, in markdown; the others are in Slack's mrkdwn. */
    markdown: z.array(z.enum(writtenSections)).optional(),
  }),
  /** Somebody wants the post-mortem as a file: in the incident channel, or (`to`, a user id) in direct messages. */
  event("ExportAsked", { copy: z.string(), to: z.string().nullable() }),
  /** Slack refuses the private channel, and a private incident is held nowhere else. */
  event("DeclarationStopped", { sentence: z.string() }),
  // Facts that Slack gave back.
  event("ChannelOpened", { channel: z.string(), name: z.string() }),
  event("MessagePosted", { slot: slotSchema, channel: z.string(), ts: z.string() }),
  /** Somebody deleted a message of ours, or we did. */
  event("MessageGone", { slot: slotSchema, wanted: z.boolean() }),
  event("PostmortemUploaded", { copy: z.string(), file: z.string() }),
  event("PostmortemShared", { copy: z.string() }),
  /** Slack definitely refused an effect; `sentence` says in words what could not be done. */
  event("EffectRefused", {
    key: z.string(),
    error: z.string(),
    sentence: z.string(),
    /** Where, if that was the reason: an id, else the name in the configuration. */
    channel: z.string().optional(),
  }),
  /** Something went out so late that Slack, or Sitrep, must have been away. */
  event("OutageNoted", outageSchema.shape),
  /** A prompt came too soon after another one: its timer is set again. */
  event("PromptHeldBack", { timer: z.object({ type: z.string() }).loose(), until: z.number() }),
  /** Sitrep or Slack was away when these messages were due, by slot without address. */
  event("PromptsCameLate", { due: z.record(slotSchema, z.number()) }),
] as const;
export type CoreEvent = z.infer<(typeof coreEvents)[number]>;
export const isCoreEvent = among(coreEvents);

/** What happened to an incident, in the order it was recorded. What was decided by configuration stands in the event. */
export const incidentEventSchema = z.discriminatedUnion("type", [
  ...coreEvents,
  ...openingEvents,
  ...rolesEvents,
  ...asksEvents,
  ...assessmentEvents,
  ...mitigationEvents,
  ...escalationEvents,
  ...runbooksEvents,
  ...correctionsEvents,
  ...endingEvents,
  ...actionItemsEvents,
  ...audiencesEvents,
  ...presenceEvents,
  ...troublesEvents,
  ...accessEvents,
  ...departuresEvents,
]);

export type IncidentEvent = z.infer<typeof incidentEventSchema>;
export type EventOf<Type extends IncidentEvent["type"]> = Extract<IncidentEvent, { type: Type }>;

/** Raised for a type whose data change meaning; `store/codec.ts` brings older ones up to date. */
export const eventVersion = 1;

import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { wordsSchema } from "../words.ts";

/** Whom a step calls: `user:U1`, `group:sre`, `oncall:primary`, `channel:leadership`, `webhook:pagerduty`. */
export const targetSchema = z.object({
  kind: z.enum(["user", "group", "oncall", "channel", "webhook"]),
  /** Id or name, as configured. */
  name: z.string(),
});
export type Target = z.infer<typeof targetSchema>;

/** A step as a policy has it. */
const stepSchema = z.object({
  /** Ms from the start of the walk. */
  after: z.number(),
  notify: z.array(targetSchema),
  message: z.string().nullable(),
  /** Steps for `unresolved` come though somebody has acknowledged. */
  when: z.enum(["unacknowledged", "unresolved"]),
});
export type Step = z.infer<typeof stepSchema>;

/** What is due at one instant of a walk, as it was frozen: steps of several policies together, repeats counted out. */
export const turnSchema = stepSchema.extend({
  /** 0: the first time; then the repeats. */
  round: z.number().int(),
});
export type Turn = z.infer<typeof turnSchema>;

export const phonesSchema = z.record(z.string(), z.string());

const walkSchema = z.object({
  policies: z.array(z.string()),
  /** Frozen; in the order in which they are due. */
  turns: z.array(turnSchema),
  /** Ms from the start until everybody has had the time to answer. */
  patience: z.number(),
  /** Whom it may call by name or rotation, user ids: their names are shown before anybody is called. */
  people: z.array(z.string()),
  /** Due to begin. */
  beginsAt: z.number(),
  startedAt: z.number().nullable(),
  /** It never began: a person pressed *Don't*, or another walk took its place (by the bot). */
  dropped: z.object({ by: actorSchema, at: z.number() }).nullable(),
  /** Indexes into `turns`. */
  called: z.array(z.number().int()),
  /** Since when the turns that wait for an acknowledgement do not come. */
  answeredAt: z.number().nullable(),
  /** Ms by which those turns come later, since the walk stood still. */
  shift: z.number(),
  exhaustedAt: z.number().nullable(),
  /** The incident ended, and with it the walk: reopening calls nobody by itself. */
  endedAt: z.number().nullable(),
  /** How often everybody had been called in vain. */
  exhaustions: z.number().int(),
  /** Numbers that were shown then, by user id. */
  phones: phonesSchema,
});
export type Walk = z.infer<typeof walkSchema>;

/** One target of a call, with what became of it. */
export const aimSchema = z.object({
  target: targetSchema,
  /** Whom it stood for and who is called, user ids; of a group, once Slack has told. */
  people: z.array(z.string()),
  /** Of those it stood for, who knew already and so was not called. */
  knew: z.array(z.string()),
  /** Why nobody can be reached through it; null: nothing is known to be wrong. */
  failure: z.string().nullable(),
});
export type Aim = z.infer<typeof aimSchema>;

const reachedSchema = z.object({
  user: z.string(),
  delivery: z.enum(["pending", "delivered", "failed"]),
  /** When the message to them stood in Slack. */
  at: z.number().nullable(),
  /** Why it did not arrive, or may not be read. */
  failure: z.string().nullable(),
});

const ringSchema = z.object({
  name: z.string(),
  /** `missed`: it took nothing in several tries, and is tried further. `spared`: nobody was needed any more before it heard. */
  delivery: z.enum(["pending", "delivered", "missed", "refused", "spared"]),
  /** When it had taken the call. */
  at: z.number().nullable(),
  /** Why it did not at first, or not at all. */
  failure: z.string().nullable(),
});

const callSchema = z.object({
  id: z.string(),
  at: z.number(),
  /** Null: by hand, *page*. */
  walk: z.number().int().nullable(),
  turn: z.number().int().nullable(),
  aims: z.array(aimSchema),
  /** Everybody who is called by it. */
  people: z.array(reachedSchema),
  /** Webhooks that are called by it. */
  webhooks: z.array(ringSchema),
  reason: wordsSchema.nullable(),
  /** Why it came before its time, in words of ours. */
  because: z.string().nullable(),
  message: z.string().nullable(),
  by: actorSchema,
  /** Groups are spread out and people looked up. */
  sought: z.boolean(),
  /** How many answers there were before it: the next one is its own. */
  answersBefore: z.number().int(),
  /** Nobody was reached through one of its targets, so that another call came at once. */
  passedOn: z.boolean(),
});
export type Call = z.infer<typeof callSchema>;

export const escalationSchema = z.object({
  walks: z.array(walkSchema),
  calls: z.array(callSchema),
  /** Everybody who has acknowledged, in order. */
  acks: z.array(z.object({ by: actorSchema, at: z.number() })),
  /** The first Ack or claim of command. */
  acknowledged: z.object({ by: actorSchema, at: z.number() }).nullable(),
  /** Who is not called, since they declared or reopened it, acknowledged or claimed command; user ids. */
  knowing: z.array(z.string()),
  /** Who acknowledged or claimed command, in order. */
  answers: z.array(z.object({ by: actorSchema, at: z.number() })),
  /** The last that a person did here; what they say in the channel is no event. */
  heardAt: z.number(),
  /** Who has it must be heard of: since the change of this version. Null: nobody is watched. */
  watch: z
    .object({
      version: z.number().int(),
      who: actorSchema,
      /** When they were asked, and since when nobody had been heard of. */
      askedAt: z.number().nullable(),
      silentSince: z.number().nullable(),
    })
    .nullable(),
  /** Webhooks that were told somebody is needed, with the version since which they hear that somebody has it or that it is over. */
  webhooks: z.array(
    z.object({
      name: z.string(),
      acknowledged: z.number().int().nullable(),
      resolved: z.number().int().nullable(),
    }),
  ),
  /** Those watches whose question nobody answered, so that the calls went on; by version. */
  unanswered: z.array(z.number().int()),
});
export type Escalation = z.infer<typeof escalationSchema>;

export const nobodyCalled: Escalation = {
  walks: [],
  calls: [],
  acks: [],
  acknowledged: null,
  knowing: [],
  answers: [],
  heardAt: 0,
  watch: null,
  unanswered: [],
  webhooks: [],
};

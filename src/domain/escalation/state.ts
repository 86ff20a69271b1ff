import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { wordsSchema } from "../words.ts";

/** Whom a step calls: `user:U1`, `group:sre`, `oncall:primary`, `channel:leadership`. */
const targetSchema = z.object({
  kind: z.enum(["user", "group", "oncall", "channel"]),
  /** Id or name, as configured. */
  name: z.string(),
});
export type Target = z.infer<typeof targetSchema>;

/** A step as it was frozen when its walk began. */
export const stepSchema = z.object({
  /** Ms from the start of the walk. */
  after: z.number(),
  notify: z.array(targetSchema),
  message: z.string().nullable(),
  /** Steps for `unresolved` come though somebody has acknowledged. */
  when: z.enum(["unacknowledged", "unresolved"]),
});
export type Step = z.infer<typeof stepSchema>;

const walkSchema = z.object({
  policies: z.array(z.string()),
  startsAt: z.number(),
  steps: z.array(stepSchema),
  repeat: z.number().int(),
  repeatEvery: z.number(),
  /** Steps called so far, repeats counted on. */
  called: z.number().int(),
  exhaustedAt: z.number().nullable(),
  /** Somebody pressed *Don't* before it began. */
  stoppedAt: z.number().nullable(),
});

const callSchema = z.object({
  id: z.string(),
  at: z.number(),
  /** Null: by hand, *escalate* or *page*. */
  walk: z.number().int().nullable(),
  step: z.number().int().nullable(),
  target: targetSchema,
  /** People it stood for when it was called, user ids. */
  people: z.array(z.string()),
  reason: wordsSchema.nullable(),
  message: z.string().nullable(),
  by: actorSchema,
  delivery: z.enum(["pending", "delivered", "failed"]),
  /** Why it did not arrive. */
  failure: z.string().nullable(),
});
export type Call = z.infer<typeof callSchema>;

export const escalationSchema = z.object({
  walks: z.array(walkSchema),
  calls: z.array(callSchema),
  /** Everybody who has acknowledged, in order. */
  acks: z.array(z.object({ by: actorSchema, at: z.number() })),
  /** The first Ack or claim of command. */
  acknowledged: z.object({ by: actorSchema, at: z.number() }).nullable(),
  /** When *Still on it?* was asked last. */
  askedStillOnItAt: z.number().nullable(),
});
export type Escalation = z.infer<typeof escalationSchema>;

export const nobodyCalled: Escalation = {
  walks: [],
  calls: [],
  acks: [],
  acknowledged: null,
  askedStillOnItAt: null,
};

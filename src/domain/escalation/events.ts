import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { among, event } from "../event-shape.ts";
import { wordsSchema } from "../words.ts";
import { aimSchema, phonesSchema, turnSchema } from "./state.ts";

const walk = z.number().int();

export const escalationEvents = [
  /** Policies were frozen into a walk, which is their index among all of the incident. */
  event("WalkPlanned", {
    walk,
    policies: z.array(z.string()),
    turns: z.array(turnSchema),
    patience: z.number(),
    people: z.array(z.string()),
    beginsAt: z.number(),
  }),
  event("WalkBegun", { walk }),
  event("WalkDropped", { walk }),
  event("PeopleCalled", {
    call: z.string(),
    walk: walk.nullable(),
    turn: z.number().int().nullable(),
    aims: z.array(aimSchema),
    message: z.string().nullable(),
    reason: wordsSchema.nullable(),
    because: z.string().nullable(),
    /** The call that reached nobody through one of its targets, so that this one comes at once. */
    insteadOf: z.string().nullable(),
  }),
  /** What Slack said about the people of a call. */
  event("PeopleSought", {
    call: z.string(),
    aims: z.array(aimSchema),
    /** Whom the call will hardly reach, and why. */
    unreachable: z.array(z.object({ user: z.string(), why: z.string(), isGone: z.boolean() })),
  }),
  /** It took the call, at once or after all. */
  event("WebhookReached", { call: z.string(), webhook: z.string() }),
  /** It took no call in several tries. */
  event("WebhookMissed", { call: z.string(), webhook: z.string(), failure: z.string() }),
  /** Before it had heard anything nobody was needed any more. */
  event("WebhookSpared", { call: z.string(), webhook: z.string() }),
  event("CallAcknowledged", {}),
  /** Everybody was called, and nobody has answered. */
  event("WalkExhausted", { walk, phones: phonesSchema }),
  event("StillOnItAsked", {
    watch: z.number().int(),
    who: actorSchema,
    /** When anybody was last heard of. */
    heardAt: z.number(),
    goesOnAt: z.number(),
  }),
  event("StillOnIt", {}),
  /** Nobody was heard: the turns that wait for an acknowledgement come again, so much later. */
  event("WalkResumed", { walk, shift: z.number() }),
] as const;
export type EscalationEvent = z.infer<(typeof escalationEvents)[number]>;

export const isEscalationEvent = among(escalationEvents);

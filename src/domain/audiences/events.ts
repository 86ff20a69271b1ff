import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { audiences } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

export const audiencesEvents = [
  event("AudienceTold", {
    n: z.number().int(),
    audience: z.enum(audiences),
    channel: z.string(),
    template: z.string(),
    edited: wordsSchema.nullable(),
  }),
  /** Who had asked for every update when this one was posted. */
  event("SubscribersFound", { n: z.number().int(), users: z.array(z.string()) }),
  event("UpdateWarningPlanned", { due: z.number(), warnAt: z.number() }),
  event("UpdateWarned", { due: z.number(), to: z.string() }),
  /** The second due time in a row for which nobody posted; `escalateAt` is when the next step is called. */
  event("UpdateMissedAgain", {
    due: z.number(),
    to: z.string().nullable(),
    since: z.number(),
    escalateAt: z.number(),
  }),
  event("MissedUpdateEscalated", { due: z.number() }),
  /** `since` is when something was heard last. */
  event("StillOpenPlanned", { since: z.number(), askAt: z.number() }),
  event("StillOpenAsked", { since: z.number(), to: z.string().nullable(), askAgainAt: z.number() }),
] as const;
export type AudiencesEvent = z.infer<(typeof audiencesEvents)[number]>;

export const isAudiencesEvent = among(audiencesEvents);

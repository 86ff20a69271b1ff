import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { statuses } from "../vocab.ts";
import { wordsSchema } from "../words.ts";

const other = z.object({ number: z.number().int().positive(), channel: z.string().nullable() });

export const endingEvents = [
  /** A false alarm, or the same as `same`. */
  event("IncidentCancelled", {
    from: z.enum(statuses),
    reason: wordsSchema.nullable(),
    same: other.nullable(),
  }),
  event("IncidentReopened", {
    from: z.enum(statuses),
    reason: wordsSchema,
    /** When users had recovered; null: nobody had said so. */
    recoveredAt: z.number().nullable(),
  }),
  event("IncidentClosed", {
    /** When its channel's archiving is announced, and when it comes; null: the channel stays. */
    archiving: z.object({ noticeAt: z.number(), at: z.number() }).nullable(),
  }),
  /** Another incident was cancelled as the same as this one; `same` false: it was reopened. */
  event("DuplicateNoted", { other, same: z.boolean() }),
  /** Somebody wants to be brought into the channel. */
  event("JoinAsked", { user: z.string() }),
  /** Who writes the post-mortem. `remindAt` null: nobody is reminded. */
  event("PostmortemOwned", {
    owner: z.string().nullable(),
    remindAt: z.number().nullable(),
    how: z.enum(["named", "claimed", "declined"]),
  }),
  event("PostmortemReminded", { to: z.string(), due: z.number(), next: z.number() }),
  /** `closes`: the incident is closed by it. */
  event("PostmortemPublished", { closes: z.boolean() }),
  event("PostmortemWaived", { reason: wordsSchema, closes: z.boolean() }),
  event("ArchivingAnnounced", { at: z.number() }),
  event("ChannelKept", { at: z.number() }),
  event("ArchivingDue", { at: z.number() }),
] as const;
export type EndingEvent = z.infer<(typeof endingEvents)[number]>;

export const isEndingEvent = among(endingEvents);

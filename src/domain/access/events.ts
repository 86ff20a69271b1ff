import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { losses } from "./state.ts";

export const accessEvents = [
  event("ChannelArchived", { needed: z.boolean().optional() }),
  event("ChannelUnarchived", {}),
  /** `needed`: something waits for it. Said again when more is known of how it was lost. */
  event("ChannelLost", {
    why: z.enum(losses).exclude(["archived"]),
    needed: z.boolean(),
    /** When it happened, where Slack says so. */
    since: z.number().nullable(),
  }),
  event("ChannelFound", {}),
  event("ChannelRenamed", { from: z.string(), to: z.string() }),
  /** Somebody made it private, or public. */
  event("ChannelConverted", { closed: z.boolean() }),
] as const;
export type AccessEvent = z.infer<(typeof accessEvents)[number]>;

export const isAccessEvent = among(accessEvents);

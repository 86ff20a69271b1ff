import { z } from "zod";
import { among, event } from "../event-shape.ts";
import { refusedPersonSchema, similarSchema } from "./state.ts";

export const openingEvents = [
  /** Where somebody declared it. */
  event("DeclaredIn", { channel: z.string() }),
  /** Whom the configuration names for its severity and services, by user id. */
  event("RespondersInvited", { users: z.array(z.string()) }),
  event("InvitesRefused", { refused: z.array(refusedPersonSchema) }),
  event("SimilarFound", similarSchema.shape),
  event("SimilarDismissed", { of: z.number() }),
  event("ChannelAskedAgain", { name: z.string() }),
] as const;
export type OpeningEvent = z.infer<(typeof openingEvents)[number]>;

export const isOpeningEvent = among(openingEvents);

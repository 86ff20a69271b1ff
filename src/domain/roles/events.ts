import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { among, event } from "../event-shape.ts";
import { roles } from "../vocab.ts";

export const rolesEvents = [
  event("RoleTaken", {
    role: z.enum(roles),
    /** User id. */
    user: z.string(),
    givenBy: actorSchema,
    /** Who had it before. */
    from: z.string().nullable(),
    how: z.enum(["claimed", "given", "handover"]),
  }),
  /** *Not me*: it goes back to whoever had it before, if anybody had. */
  event("RoleDeclined", {
    role: z.enum(roles),
    /** Version of the change that gave it. */
    change: z.number().int(),
    user: z.string(),
    backTo: z.string().nullable(),
    giver: actorSchema,
  }),
  event("CommandOffered", { to: z.string() }),
  event("CommandOfferEnded", {
    offer: z.number().int(),
    how: z.enum(["accepted", "declined", "withdrawn"]),
  }),
  /** Nobody leads: when people are reminded of it, and when the next escalation step comes; null: neither is wanted. */
  event("CommandVacant", { remindAt: z.number().nullable(), escalateAt: z.number().nullable() }),
  event("CommanderReminded", { since: z.number() }),
  /** Nobody leads for too long: the escalation policy takes its next step. */
  event("CommanderStillMissing", { since: z.number() }),
] as const;
export type RolesEvent = z.infer<(typeof rolesEvents)[number]>;

export const isRolesEvent = among(rolesEvents);

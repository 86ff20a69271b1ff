import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { type Role, roles } from "../vocab.ts";

/**
 * How somebody came to a role: by her own word, by somebody else's, by an accepted handover; `declined` gave it back, `gone`: the
 * account of whoever had it was deactivated.
 */
const waysToRole = ["claimed", "given", "handover", "declined", "gone"] as const;

const changeSchema = z.object({
  /** Of the event; names the change. */
  version: z.number().int(),
  at: z.number(),
  role: z.enum(roles),
  /** User ids; null: nobody. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  by: actorSchema,
  how: z.enum(waysToRole),
});
export type RoleChange = z.infer<typeof changeSchema>;

const offerSchema = z.object({
  /** The event's version; names the offer. */
  id: z.number().int(),
  to: z.string(),
  by: actorSchema,
  at: z.number(),
  /** Null while it can be accepted. */
  ended: z.object({ how: z.enum(["accepted", "declined", "withdrawn"]), at: z.number() }).nullable(),
});
export type Offer = z.infer<typeof offerSchema>;

/** Who leads and who does what. */
export const rolesSchema = z.object({
  held: z.partialRecord(
    z.enum(roles),
    z.object({ user: z.string(), since: z.number(), givenBy: actorSchema }),
  ),
  changes: z.array(changeSchema),
  /** When command was first claimed or given; it is kept when it passes on. */
  firstCommandAt: z.number().nullable(),
  /** Handovers of command that were offered; the last one alone can still be accepted. */
  offers: z.array(offerSchema),
  /** Since when nobody leads; names the timers that ask. */
  vacantSince: z.number().nullable(),
  /** When people were last reminded that nobody leads. */
  remindedAt: z.number().nullable(),
});
export type Roles = z.infer<typeof rolesSchema>;

export const noRoles: Roles = {
  held: {},
  changes: [],
  firstCommandAt: null,
  offers: [],
  vacantSince: null,
  remindedAt: null,
};

/** Who has a role; undefined: nobody. */
export const holderOf = ({ held }: Roles, role: Role): string | undefined => held[role]?.user;

/** The handover that can be accepted now. */
export const liveOffer = ({ offers }: Roles): Offer | undefined => {
  const last = offers.at(-1);
  return last?.ended === null ? last : undefined;
};

import { z } from "zod";
import { actorSchema } from "../actor.ts";
import { roles } from "../vocab.ts";

/** Who leads and who does what. */
export const rolesSchema = z.object({
  held: z.partialRecord(
    z.enum(roles),
    z.object({ user: z.string(), since: z.number(), givenBy: actorSchema }),
  ),
  /** When command was first claimed or given; it is kept when it passes on. */
  firstCommandAt: z.number().nullable(),
  /** Offered, not yet accepted: a handover of command. */
  handover: z.object({ to: z.string(), by: actorSchema, at: z.number() }).nullable(),
  /** When people were last reminded that nobody leads. */
  remindedAt: z.number().nullable(),
});
export type Roles = z.infer<typeof rolesSchema>;

export const noRoles: Roles = { held: {}, firstCommandAt: null, handover: null, remindedAt: null };

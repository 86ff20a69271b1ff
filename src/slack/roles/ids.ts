import { z } from "zod";
import { roles } from "../../domain/vocab.ts";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

const role = z.enum(roles);

export const rolesPresses = [
  /** `to`: somebody else than the presser; `from`: from whom command is taken knowingly. */
  z.object({
    do: z.literal("GiveRole"),
    incident,
    role,
    to: z.string().optional(),
    from: z.string().optional(),
  }),
  z.object({ do: z.literal("NotMe"), incident, change: z.number() }),
  z.object({ do: z.literal("AnswerOffer"), incident, offer: z.number(), accept: z.boolean() }),
  z.object({ do: z.literal("ShowRoles"), incident }),
  z.object({ do: z.literal("OpenRole"), incident }),
  z.object({ do: z.literal("OpenHandover"), incident }),
] as const;
export type RolesPress = z.infer<(typeof rolesPresses)[number]>;
export const isRolesPress = oneOf("do", rolesPresses);

export const rolesForms = [
  z.object({ form: z.literal("role"), incident }),
  /** Asks whether command is to be taken from somebody. */
  z.object({ form: z.literal("takeCommand"), incident, to: z.string(), from: z.string() }),
  z.object({ form: z.literal("handover"), incident }),
] as const;
export type RolesForm = z.infer<(typeof rolesForms)[number]>;
export const isRolesForm = oneOf("form", rolesForms);

import { z } from "zod";
import { writtenSections } from "../../domain/vocab.ts";
import { incidentNumber as incident, oneOf } from "../id-shape.ts";

export const sectionsPresses = [
  z.object({ do: z.literal("OpenSections"), incident }),
  z.object({ do: z.literal("OpenReplace"), incident }),
] as const;
export type SectionsPress = z.infer<(typeof sectionsPresses)[number]>;
export const isSectionsPress = oneOf("do", sectionsPresses);

export const sectionsForms = [
  z.object({
    form: z.literal("sections"),
    incident,
    /** Digests of what the fields were filled with: one left so is no statement. */
    shown: z.partialRecord(z.enum(writtenSections), z.string()).optional(),
    /** The incident's version when it was opened: what somebody has written since is not overwritten. */
    version: z.number().int().optional(),
  }),
  z.object({ form: z.literal("replaceSections"), incident }),
] as const;
export type SectionsForm = z.infer<(typeof sectionsForms)[number]>;
export const isSectionsForm = oneOf("form", sectionsForms);

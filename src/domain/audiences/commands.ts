import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type AudiencesCommand = CommandOf<never, never>;

export const isAudiencesCommand = named<AudiencesCommand["type"]>([]);

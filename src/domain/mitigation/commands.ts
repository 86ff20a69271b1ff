import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type MitigationCommand = CommandOf<never, never>;

export const isMitigationCommand = named<MitigationCommand["type"]>([]);

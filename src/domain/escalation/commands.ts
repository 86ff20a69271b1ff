import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type EscalationCommand = CommandOf<never, never>;

export const isEscalationCommand = named<EscalationCommand["type"]>([]);

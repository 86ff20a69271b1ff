import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type RunbooksCommand = CommandOf<never, never>;

export const isRunbooksCommand = named<RunbooksCommand["type"]>([]);

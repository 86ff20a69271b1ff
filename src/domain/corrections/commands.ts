import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type CorrectionsCommand = CommandOf<never, never>;

export const isCorrectionsCommand = named<CorrectionsCommand["type"]>([]);

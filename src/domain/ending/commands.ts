import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type EndingCommand = CommandOf<never, never>;

export const isEndingCommand = named<EndingCommand["type"]>([]);

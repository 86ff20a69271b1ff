import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type AsksCommand = CommandOf<never, never>;

export const isAsksCommand = named<AsksCommand["type"]>([]);

import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type ActionItemsCommand = CommandOf<never, never>;

export const isActionItemsCommand = named<ActionItemsCommand["type"]>([]);

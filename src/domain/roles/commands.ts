import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type RolesCommand = CommandOf<never, never>;

export const isRolesCommand = named<RolesCommand["type"]>([]);

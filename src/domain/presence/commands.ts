import type { CommandOf } from "../command-shape.ts";
import { named } from "../event-shape.ts";

export type PresenceCommand = CommandOf<never, never>;

export const isPresenceCommand = named<PresenceCommand["type"]>([]);

import { z } from "zod";
import { fromBefore } from "../lateness/state.ts";

const incident = z.number();
const walk = z.number();
const watch = z.number();

/** What falls due here; the command of the same name is what performing it does. */
export const escalationTimers = [
  z.object({ type: z.literal("StartWalk"), incident, walk }),
  z.object({ type: z.literal("CallTurn"), incident, walk, turn: z.number() }),
  z.object({ type: z.literal("ExhaustWalk"), incident, walk }),
  /** `watch`: the version of the change since which somebody must be heard of. */
  z.object({ type: z.literal("CheckHeard"), incident, watch, ...fromBefore }),
  z.object({ type: z.literal("GoOn"), incident, watch, ...fromBefore }),
] as const;

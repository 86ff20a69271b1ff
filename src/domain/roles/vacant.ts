import { bot } from "../actor.ts";
import type { EventOf } from "../event.ts";
import type { Rules } from "../rules.ts";

/** Nobody leads from now on: says when that is brought up again. */
export function commandVacant({ roles }: Rules, at: number): EventOf<"CommandVacant"> {
  const after = (wait: number | null) => (wait === null ? null : at + wait);
  return {
    type: "CommandVacant",
    at,
    actor: bot,
    data: { remindAt: after(roles.remindCommanderAfter), escalateAt: after(roles.escalateAfter) },
  };
}

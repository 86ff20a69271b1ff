import type { Incident } from "../incident.ts";
import { nextWorkingTime } from "../policy/working-hours.ts";
import { holderOf } from "../roles/state.ts";
import type { Rules } from "../rules.ts";

/** Whom a nudge mentions: the comms lead, else the commander, else who wrote the last update or declared. */
export function inCharge({ roles, updates }: Pick<Incident, "roles" | "updates">): string | null {
  const held = holderOf(roles, "commsLead") ?? holderOf(roles, "commander");
  if (held !== undefined) return held;
  const last = updates.findLast(({ by }) => by.kind === "slack");
  return last?.by.kind === "slack" ? last.by.user : null;
}

/** When a nudge may come: at once, but those of SEV3 and SEV4 wait for working hours. */
export const waitsForWork = (rules: Rules, { severity }: Pick<Incident, "severity">, at: number): number =>
  severity === "SEV3" || severity === "SEV4" ? nextWorkingTime(rules, at) : at;

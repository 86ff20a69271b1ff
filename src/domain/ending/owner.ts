import type { CommandNamed } from "../command.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, reference } from "../incident.ts";
import { afterWorkingDays, nextWorkingTime } from "../policy/working-hours.ts";
import type { Rules } from "../rules.ts";
import { holderOf } from "../roles/state.ts";

const week = 7 * 24 * 60 * 60_000;

/** At the resolution: the commander, else whoever declared. */
export function postmortemOwned(
  rules: Rules,
  state: Incident,
  { at, actor }: Pick<IncidentEvent, "at" | "actor">,
): EventOf<"PostmortemOwned"> {
  const declarer = state.declaredBy.kind === "slack" ? state.declaredBy.user : null;
  const owner = holderOf(state.roles, "commander") ?? declarer;
  const remindAt = firstReminder(rules, state, at);
  return { type: "PostmortemOwned", at, actor, data: { owner, remindAt, how: "named" } };
}

/** SEV1 counts every day, the others working days; reminded in working hours. */
function firstReminder(rules: Rules, { severity }: Incident, at: number): number | null {
  const within = rules.severities[severity].postmortemWithin;
  if (within === null) return null;
  return nextWorkingTime(rules, severity === "SEV1" ? at + within : afterWorkingDays(rules, at, within));
}

/** *I write it* and *Not me*. */
export function ownPostmortem(state: Incident, command: CommandNamed<"OwnPostmortem">): Decision {
  const { at, actor, claim } = command;
  const { owner, remindAt } = state.ending.postmortem;
  if (actor.kind !== "slack") return refuse("no_person", "Only people in Slack can own a post-mortem.");
  if (!state.resolved)
    return refuse(
      "not_resolved",
      `${reference(state)} is not resolved, so nobody writes its post-mortem yet.`,
    );
  const isOwner = owner === actor.user;
  if (claim && isOwner) return refuse("owner", "It is yours already.");
  if (!claim && !isOwner)
    return refuse(
      "not_owner",
      owner === null ? "Nobody is to write it yet." : `It is not yours: <@${owner}> is to write it.`,
    );
  const to = claim ? actor.user : null;
  const how = claim ? "claimed" : "declined";
  return said(
    [{ type: "PostmortemOwned", at, actor, data: { owner: to, remindAt, how } }],
    state,
    claim
      ? `The post-mortem of ${reference(state)} is yours.`
      : `The post-mortem of ${reference(state)} is no longer yours. “I write it” on it takes it up.`,
  );
}

/** In working hours, once a week until it is published or waived. Without an owner, whoever resolved hears of it. */
export function remindPostmortem(
  rules: Rules,
  state: Incident,
  { at, actor, due }: CommandNamed<"RemindPostmortem">,
): Decision {
  const { owner, remindAt, published, waived } = state.ending.postmortem;
  if (remindAt !== due || published || waived || !state.resolved)
    return refuse("satisfied", "That reminder is done with.");
  const { by } = state.resolved;
  const to = owner ?? (by.kind === "slack" ? by.user : null);
  if (to === null) return refuse("nobody", "There is nobody to remind.");
  const next = nextWorkingTime(rules, at + week);
  return noted([{ type: "PostmortemReminded", at, actor, data: { to, due, next } }]);
}

import type { CommandNamed } from "../command.ts";
import { changePublished } from "../decide/publish.ts";
import { type Decision, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { firstUpdateDue } from "../policy/update-clock.ts";
import { holderOf } from "../roles/state.ts";
import { commandVacant } from "../roles/vacant.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { isBlank } from "../words.ts";

/** It is back: the clock runs as it does from a declaration. */
export function reopen(rules: Rules, state: Incident, command: CommandNamed<"Reopen">): Decision {
  const { at, actor, reason } = command;
  const { status: from, resolved, channel } = state;
  if (isOpen(state))
    return refuse("open", `${reference(state)} is ${from}: it is open, so there is nothing to reopen.`);
  if (reason.body === null || isBlank(reason.body))
    return refuse(
      "no_reason",
      `Why is ${reference(state)} taken up again? Reopening asks for a reason.`,
      "reason",
    );
  const nextUpdate = firstUpdateDue(rules, state.severity, at);
  const next =
    nextUpdate === null
      ? "No next update is promised."
      : `The next update is due at ${formatClock(nextUpdate, rules.timezone, at)}.`;
  const archived = state.access.lost?.why === "archived" && channel ? ` ${howToUnarchive(channel.name)}` : "";
  return said(
    [
      {
        type: "IncidentReopened",
        at,
        actor,
        data: { from, reason, recoveredAt: resolved?.recovered.at ?? null },
      },
      changePublished(rules, state, command, { kind: "reopened", from, reason }, nextUpdate),
      ...(holderOf(state.roles, "commander") === undefined ? [commandVacant(rules, at)] : []),
    ],
    state,
    `*${reference(state)}* is open again, as INVESTIGATING. ${next}${archived}`,
  );
}

/** https://docs.slack.dev/reference/methods/conversations.unarchive: apps cannot. */
export const howToUnarchive = (channel: string): string =>
  `Its channel #${channel} is archived, and Slack lets no app bring one back. A person can: open #${channel}, click its name, then Settings, then “Unarchive channel”. What waits is posted as soon as it is back.`;

import { bot } from "../actor.ts";
import { type Decision, noted, refuse } from "../decision.ts";
import { nextStepNow } from "../escalation/next-step.ts";
import { type Incident, isOpen } from "../incident.ts";
import { lastReportedAt } from "../policy/update-clock.ts";
import { heldBack, setAgain } from "../presence/quiet.ts";
import { holderOf } from "../roles/state.ts";
import type { Rules } from "../rules.ts";
import type { AudiencesCommand } from "./commands.ts";
import { inCharge, waitsForWork } from "./who.ts";

const day = 24 * 60 * 60_000;
const satisfied = refuse("satisfied", "Something was reported meanwhile.");

export function decideAudiences(rules: Rules, state: Incident, command: AudiencesCommand): Decision {
  switch (command.type) {
    case "NoteSubscribers": {
      const { at, n, users } = command;
      return noted(
        users.length === 0 ? [] : [{ type: "SubscribersFound", at, actor: bot, data: { n, users } }],
      );
    }
    case "WarnUpdateDue":
      return warn(rules, state, command);
    case "EscalateMissedUpdate":
      return escalate(rules, state, command);
    case "AskStillOpen":
      return askStillOpen(rules, state, command);
    default:
      return command satisfies never;
  }
}

/** The comms lead, else the commander, hears in private that an update falls due. Late, it would only repeat the reminder. */
function warn(
  rules: Rules,
  state: Incident,
  { at, due }: Extract<AudiencesCommand, { type: "WarnUpdateDue" }>,
): Decision {
  const to = holderOf(state.roles, "commsLead") ?? holderOf(state.roles, "commander");
  const isWarned = state.audiences.warned.some((each) => each.due === due);
  if (!isOpen(state) || state.nextDue !== due || at >= due || isWarned || to === undefined) return satisfied;
  if (rules.updates.warnBefore === null || waitsForWork(rules, state, at) > at) return satisfied;
  return noted([{ type: "UpdateWarned", at, actor: bot, data: { due, to } }]);
}

/** The commander was told that two updates were missed, and nothing came of it. */
function escalate(
  rules: Rules,
  state: Incident,
  { at, due }: Extract<AudiencesCommand, { type: "EscalateMissedUpdate" }>,
): Decision {
  const missed = state.audiences.missed.at(-1);
  if (!isOpen(state) || missed?.due !== due || lastReportedAt(state) > missed.since) return satisfied;
  return noted([
    { type: "MissedUpdateEscalated", at, actor: bot, data: { due } },
    ...nextStepNow(rules, state, at, "two updates in a row were missed"),
  ]);
}

/** Once a day, while nothing is heard. */
function askStillOpen(
  rules: Rules,
  state: Incident,
  command: Extract<AudiencesCommand, { type: "AskStillOpen" }>,
): Decision {
  const { at, since } = command;
  if (!isOpen(state) || lastReportedAt(state) > since || state.audiences.askingSince !== since)
    return satisfied;
  const timer = { type: "AskStillOpen" as const, incident: state.number, since };
  const workAt = waitsForWork(rules, state, at);
  if (workAt > at) return noted([setAgain(timer, at, workAt)]);
  const held = heldBack(rules, state, timer, command);
  if (held) return noted([held]);
  const askAgainAt = at + day;
  return noted([
    { type: "StillOpenAsked", at, actor: bot, data: { since, to: inCharge(state), askAgainAt } },
  ]);
}

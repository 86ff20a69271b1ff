import { bot } from "../actor.ts";
import type { CommandNamed } from "../command.ts";
import { inCharge, waitsForWork } from "../audiences/who.ts";
import { type Decision, noted, refuse } from "../decision.ts";
import { type Incident, isOpen } from "../incident.ts";
import { draftUpdate } from "../policy/draft.ts";
import { lastReportedAt, missedUpdateAct, nextPromise } from "../policy/update-clock.ts";
import type { Rules } from "../rules.ts";
import { setAgain } from "../presence/quiet.ts";

const minute = 60_000;

/** The due time has come. Refused when an update, a snooze or the resolution has satisfied it meanwhile. */
export function remindUpdate(rules: Rules, state: Incident, command: CommandNamed<"RemindUpdate">): Decision {
  const { at, due, keyEntries } = command;
  const act = missedUpdateAct(rules, state.severity);
  if (!isOpen(state) || state.nextDue !== due || state.reminder?.due === due || act === "off")
    return satisfied;
  const workAt = waitsForWork(rules, state, at);
  if (workAt > at) {
    const timer = { type: "RemindUpdate" as const, incident: state.number, due };
    return noted([setAgain(timer, at, workAt)]);
  }
  const draft = draftUpdate(state, keyEntries, nextPromise(rules, state, at));
  // After a down-time the grace counts from the reminder that people could see.
  const graceUntil = act === "post" ? at + rules.updates.grace : null;
  return {
    events: [
      { type: "UpdateReminded", at, actor: bot, data: { due, to: inCharge(state), draft, graceUntil } },
    ],
    answer: { type: "Noted" },
  };
}

/** Grace has passed and nobody answered: Sitrep posts what is known, or stops after too many in a row. */
export function postOverdueUpdate(
  rules: Rules,
  state: Incident,
  command: CommandNamed<"PostOverdueUpdate">,
): Decision {
  const { at, due, keyEntries } = command;
  const { reminder } = state;
  if (!isOpen(state) || state.nextDue !== due || reminder?.due !== due || reminder.snoozed) return satisfied;
  const reportedAt = Math.max(lastReportedAt(state), ...keyEntries.map((entry) => entry.at));
  if (state.automaticInRow >= rules.updates.maxAutomatic)
    return {
      events: [{ type: "UpdatesPaused", at, actor: bot, data: { since: reportedAt } }],
      answer: { type: "Noted" },
    };
  const n = state.updates.length + 1;
  const { lines } = draftUpdate(state, keyEntries, nextPromise(rules, state, at));
  const data = {
    n,
    lines,
    template: rules.updates.template,
    automaticSince: reportedAt,
    ...(at - due - rules.updates.grace >= minute && { lateBy: at - due }),
    final: false,
    answers: due,
  };
  return {
    events: [{ type: "UpdatePublished", at, actor: bot, data }],
    answer: { type: "UpdatePosted", number: state.number, n, nextUpdate: lines.nextUpdate },
  };
}

const satisfied = refuse("satisfied", "This due time has been satisfied meanwhile.");

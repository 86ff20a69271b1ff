import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { nextPromise } from "../policy/update-clock.ts";
import type { Rules } from "../rules.ts";
import { formatClock, sameMinute } from "../time.ts";
import type { UpdateLines } from "../update.ts";
import { refuseOver } from "./over.ts";
import { updatePublished } from "./publish.ts";

export function publishUpdate(
  rules: Rules,
  state: Incident,
  command: CommandNamed<"PublishUpdate">,
): Decision {
  const { at, actor } = command;
  if (!isOpen(state)) return alreadyResolved(rules, state, at);
  const clock = (instant: number) => formatClock(instant, rules.timezone, at);
  if (command.started !== undefined && command.started > at)
    return refuse(
      "started_in_future",
      `${clock(command.started)} has not come yet: when did it start?`,
      "started",
    );
  if (command.nextUpdate !== undefined && command.nextUpdate <= at)
    return refuse(
      "promise_in_past",
      `${clock(command.nextUpdate)} is past: name a time to come.`,
      "nextUpdate",
    );

  const events: IncidentEvent[] = [];
  const status = command.status ?? state.status;
  if (command.status && command.status !== state.status)
    events.push({ type: "StatusChanged", at, actor, data: { from: state.status, to: command.status } });
  // A form names minutes, the record milliseconds: the same minute is no change.
  const startChanged = command.started !== undefined && !sameMinute(command.started, state.started.at);
  const started = startChanged ? { at: command.started!, assumed: false } : state.started;
  if (startChanged) events.push({ type: "StartedSet", at, actor, data: { to: started.at } });
  const lines: UpdateLines = {
    status,
    impact: command.impact ?? state.impact,
    started,
    currentAction: command.currentAction ?? state.currentAction,
    nextUpdate: command.nextUpdate ?? nextPromise(rules, { ...state, status }, at),
  };
  return published(rules, state, command, lines, events);
}

export function postDraft(rules: Rules, state: Incident, command: CommandNamed<"PostDraft">): Decision {
  const { at, due } = command;
  if (!isOpen(state)) return alreadyResolved(rules, state, at);
  const { reminder } = state;
  if (!reminder || reminder.due !== due) return answeredAlready(rules, state, at);
  if (reminder.snoozed) return snoozedAlready(rules, reminder.snoozed.until, at);
  const { lines } = reminder.draft;
  // A reminder that has stood for longer shows a promise that is stale by now.
  const isFresh = at <= reminder.remindedAt + rules.updates.grace;
  return published(
    rules,
    state,
    command,
    isFresh ? lines : { ...lines, nextUpdate: nextPromise(rules, state, at) },
  );
}

export function snoozeUpdate(rules: Rules, state: Incident, command: CommandNamed<"SnoozeUpdate">): Decision {
  const { at, actor, due, minutes } = command;
  if (!isOpen(state)) return alreadyResolved(rules, state, at);
  const { reminder } = state;
  if (!reminder || reminder.due !== due) return answeredAlready(rules, state, at);
  if (state.pausedSince !== null)
    return refuse("paused", "Updates are paused, so none is due. Post one, and the clock runs again.");
  if (reminder.snoozed) return snoozedAlready(rules, reminder.snoozed.until, at);
  if (state.snoozes >= mostSnoozes)
    return refuse(
      "snoozed_twice",
      "Snoozed twice in a row already: people are waiting. Post what you know, even if it is no news.",
    );
  const until = at + minutes * 60_000;
  return {
    events: [{ type: "UpdateSnoozed", at, actor, data: { due, until } }],
    answer: { type: "Snoozed", number: state.number, until },
  };
}

function published(
  rules: Rules,
  state: Incident,
  by: Pick<IncidentEvent, "at" | "actor">,
  lines: UpdateLines,
  before: IncidentEvent[] = [],
): Decision {
  const update = updatePublished(rules, state, by, lines);
  return {
    events: [...before, update],
    answer: {
      type: "UpdatePosted",
      number: state.number,
      n: update.data.n,
      nextUpdate: lines.nextUpdate,
    },
  };
}

/** In a row, without an update between them. */
export const mostSnoozes = 2;

const alreadyResolved = (rules: Rules, state: Incident, at: number): Decision =>
  refuseOver(rules, state, at, { so: "so no further updates are posted" });

function answeredAlready({ timezone }: Rules, state: Incident, at: number): Decision {
  const last = state.updates.at(-1);
  if (!last) return refuse("answered", "That reminder was answered already.");
  const when = formatClock(last.at, timezone, at);
  return refuse("answered", `That reminder is done with: update ${last.n} was posted at ${when}.`);
}

const snoozedAlready = ({ timezone }: Rules, until: number, at: number): Decision =>
  refuse("snoozed", `That reminder was snoozed: the next one comes at ${formatClock(until, timezone, at)}.`);

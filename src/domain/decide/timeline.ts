import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import { type Incident, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { isBlank } from "../words.ts";

export function logEntry(rules: Rules, { number }: Incident, command: CommandNamed<"LogEntry">): Decision {
  const { at, actor, entry, happenedAt, text } = command;
  if (text.body === null || isBlank(text.body))
    return refuse("no_text", "Nothing to log: write what happened after `log`.", "text");
  if (happenedAt > at) {
    const then = formatClock(happenedAt, rules.timezone, at);
    return refuse("in_future", `${then} has not come yet: the timeline is about what happened.`, "time");
  }
  return {
    events: [{ type: "EntryLogged", at, actor, data: { entry, happenedAt, text } }],
    answer: { type: "Logged", number, entry, happenedAt },
  };
}

export function undoEntry(state: Incident, { at, actor, entry: id }: CommandNamed<"UndoEntry">): Decision {
  const entry = state.entries.find((each) => each.id === id);
  if (!entry) return refuse("no_such_entry", `That entry is not on the timeline of ${reference(state)}.`);
  if (entry.hidden) return refuse("already_undone", "That entry was taken off the timeline already.");
  return {
    events: [{ type: "EntryHidden", at, actor, data: { entry: id } }],
    answer: { type: "EntryUndone", number: state.number, entry: id },
  };
}

import { newId } from "../../clock.ts";
import { reference } from "../../domain/incident.ts";
import { readLogLine } from "../../domain/reading/log-line.ts";
import { formatClock, formatShortDuration, parseClock } from "../../domain/time.ts";
import { change, typedWords } from "../change.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

/** Puts a line on the timeline, now or at the time that opens it. */
export function log(
  terminal: Terminal,
  incident: number,
  typed: string[],
  { json = false }: { json?: boolean },
): Promise<ExitCode> {
  return change(terminal, {
    json,
    command: ({ at, actor, rules }) => {
      const { time, text } = readLogLine(typed.join(" "));
      const happened = time === null ? { at } : parseClock(time, rules.timezone, at, "past");
      if ("fault" in happened) return { fault: `${happened.fault}. Nothing was logged.` };
      const entry = { entry: newId(), happenedAt: happened.at, text: typedWords([text]) };
      return { type: "LogEntry", at, actor, incident, ...entry };
    },
    answers: "Logged",
    recorded: ({ happenedAt, entry }, { incident: about, rules, at }) => {
      const ago = formatShortDuration(Math.max(0, at - happenedAt));
      return {
        sentence: `Logged for ${reference(about)}: ${formatClock(happenedAt, rules.timezone, at)} (${ago} ago)`,
        facts: { entry, happenedAt: new Date(happenedAt).toISOString() },
      };
    },
  });
}

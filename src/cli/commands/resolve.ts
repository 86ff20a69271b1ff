import { reference } from "../../domain/incident.ts";
import { formatClock, parseClock } from "../../domain/time.ts";
import type { DataLoss } from "../../domain/vocab.ts";
import { change, typedWords } from "../change.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

export interface ResolveArguments {
  json?: boolean;
  /** When users had recovered, as `parseClock` reads it. */
  recovered?: string;
  rootCause?: string;
  dataLoss?: DataLoss;
}

/** Ends an incident, or adds to how it was resolved what nobody has said yet. */
export function resolve(
  terminal: Terminal,
  incident: number,
  typed: string[],
  { json = false, recovered, rootCause, dataLoss }: ResolveArguments,
): Promise<ExitCode> {
  const text = typed.join(" ").trim();
  return change(terminal, {
    json,
    command: ({ at, actor, rules }) => {
      const since = recovered === undefined ? undefined : parseClock(recovered, rules.timezone, at, "past");
      if (since && "fault" in since) return { fault: `${since.fault}. Nothing was resolved.` };
      return {
        type: "Resolve",
        at,
        actor,
        incident,
        ...(text !== "" && { fix: typedWords([text]) }),
        ...(since && { recoveredAt: since.at }),
        ...(rootCause !== undefined && { rootCause: typedWords([rootCause]) }),
        ...(dataLoss && { dataLoss }),
      };
    },
    answers: "Resolved",
    recorded: ({ detailed }, { incident: about, rules, at }) => {
      const name = reference(about);
      // A time of day that has not come yet today is yesterday's: whoever typed it should see which was taken.
      const since = about.resolved?.recovered;
      const when =
        recovered === undefined || !since
          ? ""
          : `: users had recovered at ${formatClock(since.at, rules.timezone, at)}`;
      const ended = `${name} is resolved${when}. The post-mortem draft comes in its channel; “sitrep export ${name}” prints it.`;
      return {
        sentence: detailed ? `The details of ${name} are recorded${when}.` : ended,
        facts: {
          detailed,
          recovered: about.resolved && {
            at: new Date(about.resolved.recovered.at).toISOString(),
            assumed: about.resolved.recovered.assumed,
          },
        },
      };
    },
  });
}

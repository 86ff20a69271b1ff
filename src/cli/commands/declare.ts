import type { Command } from "../../domain/command.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { openingSeverity } from "../../domain/reading/opening-severity.ts";
import { unquoted } from "../../domain/reading/line.ts";
import type { Rules } from "../../domain/rules.ts";
import { type Asked, change, isoOrNull, nextUpdateSentence, typedWords } from "../change.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

export interface DeclareArguments {
  json?: boolean;
  private?: boolean;
  drill?: boolean;
  service?: string[];
  impact?: string;
  /** User ids. */
  invite?: string[];
}

/** Opens an incident; its channel comes when Slack can be asked for it. */
export function declare(terminal: Terminal, typed: string[], given: DeclareArguments): Promise<ExitCode> {
  return change(terminal, {
    json: given.json ?? false,
    command: (asked) => commandOf(asked, typed, given),
    answers: "Declared",
    recorded: (_, { incident, ...asked }) => ({
      sentence: [
        `${reference(incident)} is declared: ${severityOf(incident)}.`,
        calledSentence(incident),
        incident.nextDue === null
          ? ""
          : nextUpdateSentence(incident.nextDue, asked).replace("next one", "first update"),
      ]
        .filter((each) => each !== "")
        .join(" "),
      facts: {
        severity: incident.severity,
        provisional: incident.provisional,
        private: incident.private,
        drill: incident.drill,
        services: incident.services,
        nextUpdate: isoOrNull(incident.nextDue),
      },
    }),
  });
}

function commandOf(
  { at, actor, rules }: Asked,
  typed: string[],
  { private: isPrivate, drill, service = [], impact, invite = [] }: DeclareArguments,
): Command | { fault: string } {
  const opened = openingSeverity(typed.join(" "));
  if ("fault" in opened) return { fault: `${opened.fault} Nothing was declared.` };
  const unknown = unknownService(rules, service);
  if (unknown !== undefined) return { fault: unknown };
  return {
    type: "Declare",
    at,
    actor,
    number: 0,
    title: typedWords([unquoted(opened.rest)]),
    severity: opened.severity,
    services: [...new Set(service)],
    ...(impact !== undefined && { impact: typedWords([impact]) }),
    ...(isPrivate && { private: true }),
    ...(drill && { drill: true }),
    ...(invite.length > 0 && { invite: [...new Set(invite)] }),
  };
}

/** Of a misspelt one nobody would be called. Where none is configured any name will do. */
function unknownService({ services }: Rules, asked: readonly string[]): string | undefined {
  const known = Object.keys(services);
  const unknown = asked.find((name) => known.length > 0 && !known.includes(name));
  return unknown === undefined
    ? undefined
    : `“${unknown}” is no service of sitrep.yml, so nothing was declared: there are ${known.join(", ")}.`;
}

const severityOf = ({ severity, provisional, private: isPrivate, drill }: Incident): string =>
  [
    severity,
    ...(provisional ? ["provisional"] : []),
    ...(isPrivate ? ["private"] : []),
    ...(drill ? ["a drill"] : []),
  ].join(", ");

/** Whoever is at the shell may be the only one who knows. */
function calledSentence({ escalation, opening, private: isPrivate, drill }: Incident): string {
  if (drill) return "Nobody is really called.";
  if (escalation.walks.length > 0) {
    const policies = [...new Set(escalation.walks.flatMap((walk) => walk.policies))].join(", ");
    return `People are called by the policy ${policies}.`;
  }
  return isPrivate && opening.invited.length === 0
    ? "No policy calls anybody, so nobody would be in its private channel: declare with --invite to bring people in."
    : "No policy calls anybody.";
}

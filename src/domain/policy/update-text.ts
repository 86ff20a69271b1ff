import { formatClock } from "../time.ts";
import type { Change, UpdateLines } from "../update.ts";
import type { Words } from "../words.ts";

/** What a template may name, in braces. */
export const templateVariables = ["status", "impact", "started", "currentAction", "nextUpdate"] as const;
export type TemplateVariable = (typeof templateVariables)[number];

const variablePattern = /\{(\w+)\}/g;

/** Names in braces that are not among the known ones, with the line (from 1) they stand in. */
export function unknownVariables(
  template: string,
  known: readonly string[] = templateVariables,
): { line: number; name: string }[] {
  return template
    .split("\n")
    .flatMap((text, index) =>
      [...text.matchAll(variablePattern)]
        .map(([, name = ""]) => ({ line: index + 1, name }))
        .filter(({ name }) => !known.includes(name)),
    );
}

/**
 * The template's lines with the facts in them. Unknown facts print *not recorded*, an assumed start says so, and a line that
 * would name a next update is left out when none is promised. Words come out as they are stored: in Slack's encoding.
 */
export function renderUpdateLines(lines: UpdateLines, template: string, zone: string, now: number): string[] {
  const value = (name: TemplateVariable): string => {
    switch (name) {
      case "status":
        return lines.status;
      case "impact":
        return lines.impact?.body ?? (lines.impact ? "erased" : "not recorded");
      case "started":
        return formatClock(lines.started.at, zone, now) + (lines.started.assumed ? " (assumed)" : "");
      case "currentAction":
        return lines.currentAction?.body ?? (lines.currentAction ? "erased" : "not recorded");
      case "nextUpdate":
        return lines.nextUpdate === null ? "" : formatClock(lines.nextUpdate, zone, now);
      default:
        return name satisfies never;
    }
  };
  return template
    .trimEnd()
    .split("\n")
    .filter((line) => lines.nextUpdate !== null || !line.includes("{nextUpdate}"))
    .map((line) =>
      line.replace(variablePattern, (whole, name: string) =>
        isVariable(name) ? value(name).replaceAll("\n", " ") : whole,
      ),
    );
}

/** What an update of one line says: the change with its reason, in Slack's encoding, and the next time. */
export const renderChange = (
  change: Change,
  { nextUpdate }: Pick<UpdateLines, "nextUpdate">,
  zone: string,
  now: number,
): { said: string; next: string } => ({
  said: changeText(change),
  next:
    change.kind === "cancelled"
      ? "No further updates"
      : `Next update: ${nextUpdate === null ? "none promised" : formatClock(nextUpdate, zone, now)}`,
});

function changeText(change: Change): string {
  switch (change.kind) {
    case "status":
      return `Status: ${change.to}, was ${change.from}`;
    case "severity": {
      const { from, to, reason } = change;
      return `Severity: ${to}, ${from === to ? "confirmed" : `was ${from}`}${why(reason)}`;
    }
    case "cancelled": {
      const { duplicateOf, reason } = change;
      return duplicateOf === null
        ? `Status: CANCELLED, a false alarm${why(reason)}`
        : `Status: CANCELLED, the same as INC-${duplicateOf}${why(reason)}`;
    }
    case "reopened":
      return `Reopened${why(change.reason)}: INVESTIGATING, was ${change.from}`;
    default:
      return change satisfies never;
  }
}

const why = (reason: Words | null): string =>
  reason ? ` (${(reason.body ?? "erased").replaceAll("\n", " ")})` : "";

const isVariable = (name: string): name is TemplateVariable =>
  (templateVariables as readonly string[]).includes(name);

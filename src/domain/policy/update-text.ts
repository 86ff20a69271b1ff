import { formatClock } from "../time.ts";
import type { UpdateLines } from "../update.ts";

/** What a template may name, in braces. */
export const templateVariables = ["status", "impact", "started", "currentAction", "nextUpdate"] as const;
export type TemplateVariable = (typeof templateVariables)[number];

const variablePattern = /\{(\w+)\}/g;

/** Names in braces that no template knows, with the line (from 1) they stand in. */
export function unknownVariables(template: string): { line: number; name: string }[] {
  const known: readonly string[] = templateVariables;
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

const isVariable = (name: string): name is TemplateVariable =>
  (templateVariables as readonly string[]).includes(name);

import { isOpen, reference } from "../../domain/incident.ts";
import { renderUpdateLines } from "../../domain/policy/update-text.ts";
import { holderOf } from "../../domain/roles/state.ts";
import type { UpdateLines } from "../../domain/update.ts";
import { type Role, roleNames, roles } from "../../domain/vocab.ts";
import { calledLines } from "../escalation/card.ts";
import { endedLines, lasted } from "../ending/ended-lines.ts";
import { nameOf, plain, plainWords } from "../text.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { ago, bold, labelled, type Leaf, type Line, text } from "./parts.ts";

export const titleOf = ({ incident, names }: ViewModel): string =>
  `${reference(incident)} ${plainWords(incident.title, names) ?? ""}`;

export const severityOf = ({ incident, rules }: ViewModel): string =>
  `${incident.severity}${named(rules.severities[incident.severity].name)}${incident.provisional ? ", provisional" : ""}`;

const named = (name: string): string => (name === "" ? "" : ` (${name})`);

const orNot = (words: string | null): string => words ?? "not recorded";

/** Where the incident stands, for its card and for `status`. */
export function factLines(model: ViewModel): Line[] {
  const { incident, names } = model;
  const { resolved } = incident;
  const duration = resolved && lasted(model, resolved.recovered.at);
  const last = incident.updates.at(-1);
  const live = isOpen(incident);
  return [
    labelled("Status", text(incident.status)),
    labelled("Severity", text(severityOf(model))),
    labelled(
      "Impact",
      text(plainWords(incident.impact, names) ?? (live ? "being assessed" : "not recorded")),
    ),
    ...roleLines(model),
    labelled("Started", ...startedLeaves(model)),
    ...calledLines(model),
    ...(last && last.n > 1
      ? [labelled("Last update", text(`${clockOf(model, last.at)} by ${nameOf(last.by, names)}`))]
      : [labelled("Last update", text("none yet"))]),
    ...(live ? [labelled("Next update", text(nextUpdateText(model)))] : []),
    ...(incident.ending.cancelled
      ? []
      : [
          labelled(
            resolved ? "Fixed by" : "Current action",
            text(orNot(plainWords(resolved ? resolved.fix : incident.currentAction, names))),
          ),
        ]),
    ...(resolved
      ? [
          labelled(
            "Resolved",
            text(
              `${clockOf(model, resolved.recovered.at)}${resolved.recovered.assumed ? " (assumed)" : ""} by ${nameOf(resolved.by, names)}${duration ? `, after ${duration}` : ""}`,
            ),
          ),
        ]
      : []),
    ...endedLines(model),
  ];
}

/** Who leads, and who has the other roles that somebody has. */
function roleLines({ incident: { roles: now, resolved }, names }: ViewModel): Line[] {
  return roles.flatMap((role): Line[] => {
    const user = holderOf(now, role);
    if (user === undefined && role !== "commander") return [];
    const nobody = resolved ? "not recorded" : "nobody yet";
    const who = user === undefined ? nobody : nameOf({ kind: "slack", user }, names);
    return [labelled(roleLabel(role), text(who))];
  });
}

/** `Comms lead` */
export const roleLabel = (role: Role): string =>
  roleNames[role].charAt(0).toUpperCase() + roleNames[role].slice(1);

function startedLeaves(model: ViewModel): Leaf[] {
  const { started } = model.incident;
  const clock = clockOf(model, started.at);
  const said = text(`${clock}${started.assumed ? " (assumed)" : ""}`);
  return isOpen(model.incident) ? [said, text(" · "), ago(started.at, clock)] : [said];
}

function nextUpdateText(model: ViewModel): string {
  const { nextDue, pausedSince } = model.incident;
  if (pausedSince !== null) return `paused: nobody has answered since ${clockOf(model, pausedSince)}`;
  return nextDue === null ? "none promised" : clockOf(model, nextDue);
}

/** The template's lines with the part before their first colon in bold. Their words can neither mention nor link. */
export function updateLines(model: ViewModel, facts: UpdateLines, template: string, at: number): Line[] {
  return renderUpdateLines(facts, template, model.rules.timezone, at).map((line) => {
    const read = plain(line, model.names);
    const colon = read.indexOf(":");
    if (colon <= 0) return [text(read === "" ? " " : read)];
    const rest = read.slice(colon + 1);
    return rest === "" ? [bold(read)] : [bold(read.slice(0, colon + 1)), text(rest)];
  });
}

import { holderOf } from "../../domain/roles/state.ts";
import { runningMitigation } from "../../domain/mitigation/state.ts";
import { isPending } from "../../domain/asks/state.ts";
import { mitigationNames } from "../../domain/vocab.ts";
import { nameOf, plainWords } from "../text.ts";
import { severityOf } from "./facts.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { labelled, type Line, text } from "./parts.ts";

const mostAsks = 5;

/** Where the incident stands, in facts, for somebody who takes it over or comes late. */
export function briefLines(model: ViewModel): Line[] {
  const { incident, names } = model;
  const commander = holderOf(incident.roles, "commander");
  const running = runningMitigation(incident.mitigation);
  const said = (label: string, words: string) => labelled(label, text(words));
  return [
    said("Status", `${incident.status}, ${severityOf(model)}`),
    said("Impact", plainWords(incident.impact, names) ?? "not recorded"),
    said("Started", `${clockOf(model, incident.started.at)}${incident.started.assumed ? " (assumed)" : ""}`),
    said("Commander", commander === undefined ? "nobody" : nameOf({ kind: "slack", user: commander }, names)),
    said("Current action", plainWords(incident.currentAction, names) ?? "not recorded"),
    said(
      "Running mitigation",
      running
        ? `${mitigationNames[running.option]}, ${plainWords(running.what, names) ?? ""}${running.startedAt === null ? "" : `, since ${clockOf(model, running.startedAt)}`}`
        : "none",
    ),
    ...askLines(model),
    said("Last update", lastUpdate(model)),
    said("Next update", incident.nextDue === null ? "none promised" : clockOf(model, incident.nextDue)),
  ];
}

function askLines({ incident, names }: ViewModel): Line[] {
  const open = incident.asks.filter(isPending);
  if (open.length === 0) return [labelled("Open asks", text("none"))];
  const more = open.length - mostAsks;
  return [
    labelled("Open asks", text(String(open.length))),
    ...open
      .slice(-mostAsks)
      .map((ask): Line => [
        text(
          `• ${nameOf({ kind: "slack", user: ask.to }, names)}: ${plainWords(ask.text, names) ?? ""} (${ask.state})`,
        ),
      ]),
    ...(more > 0 ? [[text(`• and ${more} older`)]] : []),
  ];
}

function lastUpdate(model: ViewModel): string {
  const last = model.incident.updates.at(-1);
  return last && last.n > 1 ? `${clockOf(model, last.at)} by ${nameOf(last.by, model.names)}` : "none yet";
}

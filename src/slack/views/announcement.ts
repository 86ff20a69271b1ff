import { permalink } from "../../postmortem/material.ts";
import { isOpen } from "../../domain/incident.ts";
import { escapeText, words } from "../../domain/words.ts";
import { endedLines, lasted } from "../ending/ended-lines.ts";
import { severityOf, titleOf, updateLines } from "./facts.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { channel, header, italic, labelled, type Line, lines, link, text } from "./parts.ts";

/** Update number one, kept at what the incident is now. */
export function announcementView(model: ViewModel): Message {
  const { incident, now, rules } = model;
  const { resolved, started } = incident;
  const duration = resolved && lasted(model, resolved.recovered.at);
  const facts = {
    status: incident.status,
    impact: incident.impact ?? (isOpen(incident) ? words("", "being assessed") : null),
    started,
    currentAction: resolved?.fix ?? incident.currentAction,
    nextUpdate: incident.nextDue,
  };
  const template = incident.updates[0]?.template ?? rules.updates.template;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${incident.status}, ${severityOf(model)}`),
    blocks: [
      header(titleOf(model)),
      lines([
        labelled("Severity", text(severityOf(model))),
        ...updateLines(model, facts, template, now),
        ...(incident.pausedSince === null
          ? []
          : [[text(`Updates paused: nobody has answered since ${clockOf(model, incident.pausedSince)}`)]]),
        ...whereLines(model),
        ...(resolved ? [[italic(duration ? `Resolved after ${duration}.` : "Resolved.")]] : []),
        ...endedLines(model),
      ]),
    ],
  });
}

function whereLines({ incident, teamUrl }: ViewModel): Line[] {
  const { thread } = incident.opening;
  if (incident.channel) return [labelled("Channel", channel(incident.channel.id))];
  return thread ? [labelled("Thread", link(permalink(teamUrl, thread), "where it goes on"))] : [];
}

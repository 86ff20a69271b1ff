import { mostSnoozes } from "../../domain/decide/update.ts";
import { isOpen } from "../../domain/incident.ts";
import { formatShortDuration } from "../../domain/time.ts";
import { permalink } from "../../postmortem/material.ts";
import type { Source } from "../../domain/update.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { titleOf, updateLines } from "./facts.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { bold, buttons, italic, type Leaf, type Line, lines, link, ping, text } from "./parts.ts";

const minute = 60_000;

/** Null once it was answered, or the incident ended: only the live reminder is shown. */
export function reminderView(model: ViewModel, due: number, stands: boolean): Message | null {
  const { incident } = model;
  const { reminder } = incident;
  if (!reminder || reminder.due !== due || !isOpen(incident)) return null;
  if (reminder.snoozed) return stands ? snoozedView(model, reminder.snoozed) : null;
  const late = model.now - due;
  const asks = `Next update is due (${clockOf(model, due)}${late >= minute ? `, ${formatShortDuration(late)} late` : ""})`;
  const paused = incident.pausedSince;
  const mention: Leaf[] = reminder.to === null ? [] : [ping(reminder.to), text(" ")];
  const number = incident.number;
  return fitMessage({
    text: `${reminder.to === null ? "" : `<@${reminder.to}> `}${escapeText(asks)}`,
    blocks: [
      lines([
        [...mention, bold(asks)],
        ...(paused === null
          ? []
          : [[text(`Updates paused: nobody has answered since ${clockOf(model, paused)}`)]]),
        [text("Draft:")],
        ...updateLines(model, reminder.draft.lines, model.rules.updates.template, model.now),
        ...reminder.draft.sources.map((source) => sourceLine(model, source)),
      ]),
      ...buttons([
        { label: "Post as is", press: { do: "PostDraft", incident: number, due }, style: "primary" },
        { label: "Edit", press: { do: "EditDraft", incident: number, due } },
        ...(paused === null && incident.snoozes < mostSnoozes
          ? [{ label: "Snooze 10 min", press: { do: "Snooze" as const, incident: number, due } }]
          : []),
      ]),
    ],
  });
}

const lineNames = { impact: "Impact", currentAction: "Current action" } as const;

function sourceLine(model: ViewModel, source: Source): Line {
  const { channel } = model.incident;
  const from = `${source.from} of ${clockOf(model, source.at)}`;
  const where: Leaf =
    source.ts !== undefined && channel
      ? link(permalink(model.teamUrl, { ...source, channel: channel.id, ts: source.ts }), from)
      : italic(from);
  return [italic(`${lineNames[source.line]} from `), where];
}

function snoozedView(
  model: ViewModel,
  { until, by }: NonNullable<NonNullable<ViewModel["incident"]["reminder"]>["snoozed"]>,
): Message {
  const said = `Update snoozed by ${nameOf(by, model.names)}: next update ${clockOf(model, until)}`;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${said}`),
    blocks: [lines([[italic(said)]])],
  });
}

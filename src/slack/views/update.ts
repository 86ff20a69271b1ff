import { reference } from "../../domain/incident.ts";
import { renderChange } from "../../domain/policy/update-text.ts";
import { formatShortDuration } from "../../domain/time.ts";
import { knownDataLoss } from "../../domain/policy/impact.ts";
import type { DataLoss } from "../../domain/vocab.ts";
import type { Change, Update } from "../../domain/update.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plain } from "../text.ts";
import { titleOf, updateLines } from "./facts.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { bold, italic, labelled, lines, text } from "./parts.ts";

/**
 * One posted update, of five lines or of one; the same in the incident's channel and under the announcement. One that Sitrep made
 * by itself and nobody has seen is not wanted any more once another one follows.
 */
export function updateView(model: ViewModel, n: number, stands: boolean): Message | null {
  const { incident, names } = model;
  const update = incident.updates.find((each) => each.n === n);
  if (!update) return null;
  if (update.automaticSince !== null && n < incident.updates.length && !stands) return null;
  // Its times are read as they were on the day it was posted.
  const then = { ...model, now: update.at };
  if (update.change) return changeView(model, update, update.change);
  const head = `Update ${n}${update.final ? " (final)" : ""} · ${titleOf(model)}`;
  const mark =
    update.automaticSince === null
      ? `by ${nameOf(update.by, names)}`
      : `automatic${update.lateBy === undefined ? "" : `, ${formatShortDuration(update.lateBy)} late`}: nothing new reported since ${clockOf(then, update.automaticSince)}`;
  return fitMessage({
    text: escapeText(`Update ${n} of ${reference(incident)}: ${update.lines.status}`),
    blocks: [
      lines([
        [bold(head)],
        ...updateLines(model, update.lines, update.template, update.at),
        ...dataLossLines(update, knownDataLoss(incident)),
        [italic(mark)],
      ]),
    ],
  });
}

function changeView(model: ViewModel, { n, at, by, lines: facts }: Update, change: Change): Message {
  const line = renderChange(change, facts, model.rules.timezone, at);
  const said = plain(line.said, model.names);
  return fitMessage({
    text: escapeText(`Update ${n} of ${reference(model.incident)}: ${said} · ${line.next}`),
    blocks: [
      lines([
        [
          bold(`Update ${n} · ${titleOf(model)}`),
          // A long reason is shortened, never the next time.
          text(` · ${said}`),
          text(` · ${line.next} · `),
          italic(`by ${nameOf(by, model.names)}`),
        ],
      ]),
    ],
  });
}

const dataLossLines = ({ final }: Update, dataLoss: DataLoss | null) =>
  final ? [labelled("Data loss", text(dataLoss ?? "not established"))] : [];

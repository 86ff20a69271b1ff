import { nextStepNow } from "../../domain/escalation/next-step.ts";
import { isOpen, reference } from "../../domain/incident.ts";
import { renderAudienceLines } from "../../domain/policy/audience-text.ts";
import { knownDataLoss } from "../../domain/policy/impact.ts";
import { lastReportedAt } from "../../domain/policy/update-clock.ts";
import { renderChange } from "../../domain/policy/update-text.ts";
import { formatShortDuration } from "../../domain/time.ts";
import type { Update } from "../../domain/update.ts";
import { escapeText } from "../../domain/words.ts";
import { plain, plainWords } from "../text.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, buttons, channel, italic, type Line, lines, type Offer, ping, text } from "../views/parts.ts";
import type { SlotViews } from "../views/slot-view.ts";
import { updateView } from "../views/update.ts";

/** Messages of this folder, by the first word of their slot. */
export const audiencesViews: SlotViews = {
  audience: (model, { id }) => audienceView(model, id),
  headsup: (model, { id }) => headsUpView(model, Number(id)),
  missed: (model, { id, stands }) => missedView(model, Number(id), stands),
  stillopen: (model, { id, stands }) => stillOpenView(model, Number(id), stands),
  subscribed: (model, { id, stands }) => subscribedView(model, Number(id), stands),
};

/** `support:3`: what the template gives of update 3, or what somebody wrote in its place. */
function audienceView(model: ViewModel, id: string): Message | null {
  const { incident, names } = model;
  const [audience, n] = id.split(":");
  const told = incident.audiences.told.find((each) => each.audience === audience && each.n === Number(n));
  const update = incident.updates.find((each) => each.n === Number(n));
  if (!told || !update) return null;
  const said = told.edited
    ? (plainWords(told.edited, names) ?? "").split("\n")
    : filled(model, update, told.template).map((line) => plain(line, names));
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${update.lines.status}`),
    blocks: [lines(said.map(withBoldLabel))],
  });
}

/** The template's lines; of an end or a return the sentence that tells it. A final update says whether data was lost. */
function filled({ incident, rules }: ViewModel, update: Update, template: string): string[] {
  const { change, lines: facts, at, final } = update;
  if (change) {
    const { said, next } = renderChange(change, facts, rules.timezone, at);
    return [`${reference(incident)} (${incident.severity}): ${incident.title.body ?? "erased"}`, said, next];
  }
  const isSaid = !final || template.includes("{dataLoss}");
  return [
    ...renderAudienceLines(incident, facts, template, rules.timezone, at),
    ...(isSaid ? [] : [`Data loss: ${knownDataLoss(incident) ?? "not established"}`]),
  ];
}

function withBoldLabel(line: string): Line {
  const colon = line.indexOf(": ");
  return colon <= 0 || colon > 40
    ? [text(line === "" ? " " : line)]
    : [bold(line.slice(0, colon + 1)), text(line.slice(colon + 1))];
}

/** In private, a few minutes before; no longer wanted once something was posted, or the time has come. */
function headsUpView(model: ViewModel, due: number): Message | null {
  const { incident, now } = model;
  if (incident.nextDue !== due || incident.reminder || now >= due) return null;
  const said = `The next update is due at ${clockOf(model, due)}, in ${formatShortDuration(Math.max(0, due - now))}.`;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${said}`),
    blocks: [lines([[bold(titleOf(model)), ...where(model)], [text(said)]]), ...buttons([update(model)])],
  });
}

/** Nothing was reported since, and the incident goes on. */
const isSilent = ({ incident }: ViewModel, since: number): boolean =>
  isOpen(incident) && lastReportedAt(incident) <= since;

function missedView(model: ViewModel, due: number, stands: boolean): Message | null {
  const missed = model.incident.audiences.missed.find((each) => each.due === due);
  if (!missed || (!stands && !isSilent(model, missed.since))) return null;
  const { incident, rules, now } = model;
  const isCallable = nextStepNow(rules, incident, now, "").length > 0;
  const next = isCallable
    ? "Post one, or the next escalation step is called."
    : "Post one: people are waiting.";
  const said = `Two updates in a row were posted automatically: nothing new was reported since ${clockOf(model, missed.since)}. ${next}`;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${said}`),
    blocks: [
      lines([[bold(titleOf(model)), ...where(model)], [text(said)]]),
      ...buttons([update(model), resolve(model)]),
    ],
  });
}

function stillOpenView(model: ViewModel, version: number, stands: boolean): Message | null {
  const { stillOpen } = model.incident.audiences;
  if (stillOpen?.version !== version) return null;
  if (!stands && !isSilent(model, stillOpen.since)) return null;
  const said = `Still open? Nothing was reported since ${clockOf(model, stillOpen.since)}.`;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${said}`),
    blocks: [
      lines([[...(stillOpen.to === null ? [] : [ping(stillOpen.to), text(" ")]), text(said)]]),
      ...buttons([resolve(model), update(model)]),
    ],
  });
}

/** An update as those get it who have asked for every one. */
function subscribedView(model: ViewModel, n: number, stands: boolean): Message | null {
  const message = updateView(model, n, stands);
  if (!message) return null;
  const why = "You get every update, as you asked for with “subscribe”; “unsubscribe” ends it.";
  return fitMessage({ ...message, blocks: [...message.blocks, lines([[italic(why)]])] });
}

const where = ({ incident }: ViewModel): Line =>
  incident.channel ? [text(" "), channel(incident.channel.id)] : [];
const update = ({ incident: { number } }: ViewModel): Offer => ({
  label: "Update",
  press: { do: "OpenUpdate", incident: number },
  style: "primary",
});
const resolve = ({ incident: { number } }: ViewModel): Offer => ({
  label: "Resolve",
  press: { do: "OpenResolve", incident: number },
});

import type { Likeness, RefusedPerson } from "../../domain/opening/state.ts";
import { isOpen, reference } from "../../domain/incident.ts";
import { formatShortDuration } from "../../domain/time.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { retryOffers, sinceThen } from "../troubles/views.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import type { ViewModel } from "../views/model.ts";
import { bold, buttons, channel, type Line, lines, type Offer, text } from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** The messages around an incident's opening. */
export const openingViews: SlotViews = {
  similar: similarView,
  uninvited: (model, { id, stands }) => uninvitedView(model, Number(id), stands),
  unannounced: (model, { id }) => unannouncedView(model, Number(id)),
  thread: threadView,
  moved: movedView,
};

const told = (all: readonly Line[], summary: string, offers: readonly Offer[] = []): Message =>
  fitMessage({ text: escapeText(summary), blocks: [lines(all), ...buttons(offers)] });

function similarView({ incident, names }: ViewModel, { stands }: SlotAsked): Message | null {
  const { similar } = incident.opening;
  if (!similar || (!stands && (similar.dismissed || !isOpen(incident)))) return null;
  const { number, ending, declaredAt } = incident;
  const other = reference(similar.of);
  const where = similar.channel === null ? [] : [text(" · "), channel(similar.channel)];
  const title = plainWords(similar.title, names) ?? "";
  const it: Line = [text(`${other} ${title}`), ...where];
  if (ending.cancelled?.duplicateOf === similar.of)
    return told([[bold(`Merged into ${other}.`)], it], `Merged into ${other}.`);
  if (similar.dismissed) {
    const said = `Not the same as ${other}, says ${nameOf(similar.dismissed.by, names)}.`;
    return told([[text(said)]], said);
  }
  const ask = `Same as ${other}?`;
  if (!isOpen(incident)) return told([[bold(ask)], it], ask);
  const since = formatShortDuration(Math.max(0, declaredAt - similar.declaredAt));
  return told(
    [
      [bold(ask), text(` ${whyAlike(similar.because, since)}`)],
      it,
      [text(`Merging cancels ${reference(incident)} as a duplicate; its timeline stays.`)],
    ],
    `${ask} ${title}`,
    [
      { label: "Merge", press: { do: "MergeInto", incident: number, of: similar.of } },
      { label: "Not the same", press: { do: "DismissSimilar", incident: number, of: similar.of } },
    ],
  );
}

function whyAlike(because: Likeness, since: string): string {
  switch (because) {
    case "service":
      return "It affects the same service.";
    case "words":
      return "Its title is similar.";
    case "time":
      return `It was declared ${since} earlier.`;
    default:
      return because satisfies never;
  }
}

function uninvitedView({ incident, names }: ViewModel, version: number, stands: boolean): Message | null {
  const refused = incident.opening.uninvited.filter((each) => each.version === version);
  if (refused.length === 0 || (!stands && !isOpen(incident))) return null;
  const summary = `Slack did not let ${refused.length === 1 ? "one person" : `${refused.length} people`} be invited.`;
  return told(
    [
      [bold(summary)],
      ...refused.map(({ user, error }) => [text(`@${names.get(user) ?? user}: ${whyRefused(error)}`)]),
    ],
    summary,
  );
}

function whyRefused(error: RefusedPerson["error"]): string {
  switch (error) {
    case "user_not_found":
      return "Slack knows no such person; sitrep.yml names this id";
    case "cant_invite":
    case "user_disabled":
      return "deactivated, or from another workspace";
    case "user_is_restricted":
    case "user_is_ultra_restricted":
    case "ura_max_channels":
      return "a guest, whom only a person may invite";
    default:
      return `Slack answered ${error}`;
  }
}

/** In direct messages to the declarer. */
function unannouncedView(model: ViewModel, version: number): Message {
  const { incident } = model;
  const { troubles, channel: own } = incident;
  const trouble = troubles.find((each) => each.version === version);
  const why = trouble?.sentence ?? "";
  const since = trouble ? sinceThen(model, trouble) : null;
  const head = `${reference(incident)} is not announced.`;
  const where = own ? [text(" · "), channel(own.id)] : [];
  return told(
    [[bold(head), ...where], [text(why)], ...(since === null ? [] : [[text(since)]])],
    `${head} ${why}`.trim(),
    trouble ? retryOffers(model, trouble) : [],
  );
}

/** Where the incident goes on until Slack gives it a channel. */
function threadView(model: ViewModel, { stands }: SlotAsked): Message | null {
  const { incident } = model;
  const { number, opening, channel: own } = incident;
  if (own) {
    if (!stands) return null;
    const moved = `${titleOf(model)} has its channel now:`;
    return told([[text(`${moved} `), channel(own.id)]], moved);
  }
  const head = `${titleOf(model)} goes on in this thread.`;
  const how = `Everything said in it is recorded. Commands need the incident's name: /incident ${reference(number)} status; in the thread, mention me instead.`;
  const why = opening.channelRefused ?? "Slack is being asked for its channel again.";
  const retry: Offer[] =
    isOpen(incident) && opening.channelRefused !== null
      ? [{ label: "Try again", press: { do: "RetryChannel", incident: number } }]
      : [];
  return told([[bold(head)], [text(why)], [text(how)]], head, retry);
}

function movedView({ incident }: ViewModel): Message | null {
  if (!incident.channel) return null;
  const said = `${reference(incident)} goes on in its channel:`;
  return told([[text(`${said} `), channel(incident.channel.id)]], said);
}

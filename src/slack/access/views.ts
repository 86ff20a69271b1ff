import { howToUnarchive } from "../../domain/ending/reopen.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import type { Actor } from "../../domain/actor.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, buttons, channel, italic, type Line, lines, type Offer, ping, text } from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const accessViews: SlotViews = {
  lost: lostView,
  back: (model, { id }) => backView(model, Number(id)),
  converted: convertedView,
};

const told = (all: readonly Line[], summary: string, offers: readonly Offer[] = []): Message =>
  fitMessage({ text: escapeText(summary), blocks: [lines(all), ...buttons(offers)] });

/** The number of the loss or conversion, and whether those outside read it. */
const read = ({ id }: SlotAsked) => ({ n: Number(id.split(":")[0]), isOutside: id.endsWith(":thread") });

/** To whoever leads, and for those who follow the incident in the announcements. */
function lostView(model: ViewModel, asked: SlotAsked): Message | null {
  const { incident } = model;
  const { n, isOutside } = read(asked);
  const { lost, losses } = incident.access;
  if (!lost || losses !== n) return regainedView(model);
  const head = `${whatHappened(model, lost)} It was the channel of ${titleOf(model)}.`;
  const isAsked = lost.asked ? "Slack is being asked for another channel." : incident.opening.channelRefused;
  const mayMove = isOpen(incident) && lost.why !== "archived" && !lost.asked;
  const offers: Offer[] = mayMove
    ? [
        {
          label: incident.opening.channelRefused === null ? "Open a new channel" : "Try again",
          press: { do: "RetryChannel", incident: incident.number },
        },
      ]
    : [];
  const what = [
    ...(isOutside ? [] : [whatToDo(model, lost)]),
    whatGoesOn(incident, isOutside),
    ...(isAsked === null ? [] : [isAsked]),
  ];
  return told([[bold(head)], ...what.map((each) => [text(each)])], head, offers);
}

type Lost = NonNullable<Incident["access"]["lost"]>;

const by = (model: ViewModel, actor: Actor): string =>
  actor.kind === "slack" ? ` by ${nameOf(actor, model.names)}` : "";

function whatHappened(model: ViewModel, { why, since, by: who }: Lost): string {
  const name = `#${model.incident.channel?.name ?? ""}`;
  const at = clockOf(model, since);
  switch (why) {
    case "archived":
      return `${name} was archived${by(model, who)}, ${at}.`;
    case "deleted":
      return `${name} was deleted${by(model, who)}, ${at}.`;
    case "removed":
      return `Sitrep was removed from ${name}${by(model, who)}, ${at}.`;
    case "unseen":
      return `Slack shows Sitrep no ${name} any more, ${at}: it was deleted, or it is private and Sitrep was removed from it.`;
    default:
      return why satisfies never;
  }
}

function whatToDo({ incident }: ViewModel, { why }: Lost): string {
  const name = incident.channel?.name ?? "";
  switch (why) {
    case "archived":
      return howToUnarchive(name);
    case "deleted":
      return "What was said in it before stays on record. A new channel shows everything that is recorded.";
    case "removed":
      return `Nothing said there is recorded meanwhile. Bring it back with “/invite @Sitrep” in #${name}: what waits is posted then, and what was said is recorded.`;
    case "unseen":
      return `If #${name} is still there, bring Sitrep back with “/invite @Sitrep” in it: what waits is posted then, and what was said is recorded. Else open a new one.`;
    default:
      return why satisfies never;
  }
}

function whatGoesOn(incident: Incident, isOutside: boolean): string {
  if (!isOpen(incident)) return "What waits for it is posted as soon as it can be.";
  if (isOutside) return "Updates go on in this thread.";
  const name = reference(incident);
  const updates = incident.announce && !incident.private && !incident.drill;
  return `${updates ? "Updates go on in the announcements channel, and every" : "Every"} command works from elsewhere with its name: /incident ${name} status.`;
}

function regainedView({ incident }: ViewModel): Message | null {
  if (!incident.channel) return null;
  const said =
    incident.access.former.length > 0
      ? `${reference(incident)} goes on in its new channel:`
      : `The channel of ${reference(incident)} is back:`;
  return told([[text(`${said} `), channel(incident.channel.id)]], said);
}

/** In the channel, after a time in which nothing that was said in it was heard. */
function backView(model: ViewModel, n: number): Message | null {
  const { regained, losses, closed, former } = model.incident.access;
  if (!regained || losses !== n) return null;
  const name = reference(model.incident);
  if (former.length > 0) {
    const said = `${name} goes on here.`;
    const rest = " Sitrep cannot reach its former channel any more; what was said there is on record.";
    return told([[bold(said), text(rest)]], said);
  }
  const since = clockOf(model, regained.since);
  const until = clockOf(model, regained.at);
  const said =
    regained.why === "removed" && !closed
      ? `Sitrep was removed from this channel, ${since}, and has come back: it records what is said here, and posts what is due, until ${name} is over.`
      : `Sitrep was not in this channel from ${since} to ${until}. What was said meanwhile is recorded, as far as Slack still shows it.`;
  return told([[italic(said)]], said);
}

/** Who can read the channel now: in it, in person, in the announcement's thread. */
function convertedView(model: ViewModel, asked: SlotAsked): Message | null {
  const { incident, names } = model;
  const { n, isOutside } = read(asked);
  const conversion = incident.access.conversions[n - 1];
  if (!conversion) return null;
  const { at, by: actor, until } = conversion;
  const name = reference(incident);
  const who = actor.kind === "slack" ? nameOf(actor, names) : "Somebody";
  const to = incident.private ? "public" : "private";
  const where = isOutside || asked.person !== undefined ? `the channel of ${name}` : "this channel";
  const head = `${who} made ${where} ${to}, ${clockOf(model, at)}.`;
  if (until !== null) {
    const said = `${head} It is ${incident.private ? "private" : "public"} again, ${clockOf(model, until)}.`;
    return told([[italic(said)]], said);
  }
  if (!incident.private) {
    const rest = isOutside
      ? "Only those in it can read it now: ask them for an invitation. Updates go on in this thread."
      : `${name} stays a public incident: its announcement and updates go on outside. Nobody can read or join this channel without an invitation now, so invite whoever is needed.`;
    return told([[bold(head)], [text(rest)]], head);
  }
  const commander = incident.roles.held.commander?.user;
  const call: Line =
    asked.person === undefined && commander !== undefined ? [ping(commander), text(" ")] : [];
  const rest = `Everybody in the workspace can read all that was said in it. ${name} stays a private incident, and Sitrep tells nobody else of it; it goes on recording and posting there. Make the channel private again in its settings, or go on elsewhere.`;
  return told([[...call, bold(head)], [text(rest)]], head);
}

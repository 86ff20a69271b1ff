import { isOpen } from "../../domain/incident.ts";
import { holderOf, type RoleChange } from "../../domain/roles/state.ts";
import { roleNames } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { briefLines } from "../views/brief.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import {
  bold,
  buttons,
  channel,
  italic,
  labelled,
  type Leaf,
  type Line,
  lines,
  ping,
  text,
} from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const rolesViews: SlotViews = { role: roleView, handover: handoverView };

function roleView(model: ViewModel, { id, person, stands }: SlotAsked): Message | null {
  const change = model.incident.roles.changes.find(({ version }) => version === Number(id));
  if (!change) return null;
  if (person === undefined) return changeView(model, change);
  if (!stands && !isCurrent(model, change)) return null;
  return change.how === "declined" ? givenBackView(model, change) : givenView(model, change, person);
}

/** Nothing about the role has changed since, and the incident goes on. */
const isCurrent = ({ incident }: ViewModel, { role, version }: RoleChange): boolean =>
  isOpen(incident) && incident.roles.changes.findLast((each) => each.role === role)?.version === version;

const person = ({ names }: ViewModel, user: string) => nameOf({ kind: "slack", user }, names);

/** In the channel. Whoever loses command without giving it away is mentioned, so that she hears of it. */
function changeView(model: ViewModel, change: RoleChange): Message {
  const { incident } = model;
  const { role, from, to, by } = change;
  const isTaken =
    role === "commander" &&
    change.how !== "handover" &&
    change.how !== "declined" &&
    change.how !== "gone" &&
    from !== null &&
    isOpen(incident);
  const loses: Leaf[] =
    isTaken && !(by.kind === "slack" && by.user === from)
      ? [text(" · "), ping(from), text(" does no more")]
      : [];
  const said = sentenceOf(model, change);
  const isVacant = role === "commander" && to === null && holderOf(incident.roles, role) === undefined;
  return fitMessage({
    text: escapeText(said),
    blocks: [
      lines([[bold(said), ...loses]]),
      ...(isVacant && isOpen(incident)
        ? buttons([
            {
              label: "Take command",
              press: { do: "GiveRole", incident: incident.number, role },
              style: "primary",
            },
          ])
        : []),
    ],
  });
}

function sentenceOf(model: ViewModel, { role, from, to, by, how }: RoleChange): string {
  const isCommand = role === "commander";
  const before = from === null ? null : person(model, from);
  if (how === "declined") {
    const now =
      to === null ? `nobody ${isCommand ? "leads" : "does it"} now` : `${person(model, to)} has it again`;
    return `${before ?? "Somebody"} is not ${roleNames[role]} (“Not me”): ${now}.`;
  }
  if (how === "gone")
    return `${before ?? "Somebody"} is not ${roleNames[role]} any more: the account is deactivated.`;
  const who = to === null ? "Nobody" : person(model, to);
  const head = isCommand ? `${who} leads` : `${who} is ${roleNames[role]}`;
  const named = how === "given" ? `, named by ${nameOf(by, model.names)}` : "";
  const was =
    before === null ? "" : how === "handover" ? `, handed over by ${before}` : `, before that ${before}`;
  return `${head}${named}${was}.`;
}

const where = ({ incident }: ViewModel): Line[] =>
  incident.channel ? [labelled("Channel", channel(incident.channel.id))] : [];

/** To whom a role was given. The button goes when the role does. */
function givenView(model: ViewModel, change: RoleChange, user: string): Message {
  const { incident, names } = model;
  const { role } = change;
  const isTheirs = isCurrent(model, change);
  const said = `You are ${roleNames[role]} of ${titleOf(model)}, named by ${nameOf(change.by, names)}.`;
  const gone = incident.roles.held[role]?.user === user ? null : `You are ${roleNames[role]} no more.`;
  return fitMessage({
    text: escapeText(said),
    blocks: [
      lines([[bold(said)], ...where(model), ...(gone === null ? [] : [[italic(gone)]])]),
      ...(isTheirs
        ? buttons([
            { label: "Not me", press: { do: "NotMe", incident: incident.number, change: change.version } },
          ])
        : []),
    ],
  });
}

/** To who gave a role that was given back. */
function givenBackView(model: ViewModel, change: RoleChange): Message {
  const said = `${titleOf(model)}: ${sentenceOf(model, change)}`;
  return fitMessage({ text: escapeText(said), blocks: [lines([[bold(said)], ...where(model)])] });
}

function handoverView(model: ViewModel, { id, stands }: SlotAsked): Message | null {
  const { incident, names } = model;
  const offer = incident.roles.offers.find((each) => each.id === Number(id));
  if (!offer) return null;
  const who = person(model, offer.to);
  const giver = nameOf(offer.by, names);
  if (offer.ended || !isOpen(incident)) {
    if (!stands) return null;
    const how = offer.ended ? `${offer.ended.how} at ${clockOf(model, offer.ended.at)}` : "not taken up";
    const said = `${giver} offered command to ${who}: ${how}.`;
    return fitMessage({ text: escapeText(said), blocks: [lines([[italic(said)]])] });
  }
  const asks = `${giver} hands command over to you.`;
  const press = { do: "AnswerOffer" as const, incident: incident.number, offer: offer.id };
  return fitMessage({
    text: `<@${offer.to}> ${escapeText(asks)}`,
    blocks: [
      lines([
        [ping(offer.to), text(" "), bold(asks)],
        ...briefLines(model),
        [italic(`It moves when ${who} accepts.`)],
      ]),
      ...buttons([
        { label: "Accept", press: { ...press, accept: true }, style: "primary" },
        { label: "Decline", press: { ...press, accept: false } },
      ]),
    ],
  });
}

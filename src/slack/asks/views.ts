import { type Ask, isPending } from "../../domain/asks/state.ts";
import { isOpen } from "../../domain/incident.ts";
import { formatShortDuration } from "../../domain/time.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
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
  type Offer,
  ping,
  text,
} from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const asksViews: SlotViews = { ask: askView, chase: chaseView, "ask-done": doneView };

const found = ({ incident }: ViewModel, id: string): Ask | undefined =>
  incident.asks.find((ask) => ask.id === id);

/** In the channel, and to whoever is not in it. */
function askView(model: ViewModel, { id, person, stands }: SlotAsked): Message | null {
  const ask = found(model, id);
  if (!ask) return null;
  const { incident, names } = model;
  const said = plainWords(ask.text, names) ?? "";
  const isLive = isPending(ask) && isOpen(incident);
  if (!isLive && !stands) return null;
  const about: Line[] =
    person === undefined
      ? []
      : [
          [text(titleOf(model))],
          ...(incident.channel ? [labelled("Channel", channel(incident.channel.id))] : []),
        ];
  return fitMessage({
    text: `${isLive ? `<@${ask.to}>` : escapeText(toWhom(model, ask))} ${escapeText(said)}`,
    blocks: [
      lines([
        [whom(model, ask, isLive), text(" "), bold(said)],
        [italic(`asked by ${nameOf(ask.by, names)}${limitOf(model, ask)}${standOf(model, ask)}`)],
        ...about,
      ]),
      ...buttons(offersOf(model, ask)),
    ],
  });
}

const toWhom = ({ names }: ViewModel, { to }: Ask) => nameOf({ kind: "slack", user: to }, names);

/** Mentioned while something is wanted of her. */
const whom = (model: ViewModel, ask: Ask, isLive: boolean): Leaf =>
  isLive ? ping(ask.to) : text(toWhom(model, ask));

const limitOf = (model: ViewModel, { within, at }: Ask): string =>
  within === null ? "" : ` · within ${formatShortDuration(within)}, by ${clockOf(model, at + within)}`;

function standOf(model: ViewModel, ask: Ask): string {
  if (ask.state === "asked") return isOpen(model.incident) ? "" : " · not answered before the end";
  const who =
    ask.changedBy.kind === "slack" && ask.changedBy.user === ask.to
      ? ""
      : ` by ${nameOf(ask.changedBy, model.names)}`;
  return ` · ${ask.state}${who} ${clockOf(model, ask.changedAt)}`;
}

function offersOf({ incident }: ViewModel, ask: Ask): Offer[] {
  if (!isPending(ask)) return [];
  const about = { incident: incident.number, ask: ask.id };
  const done: Offer = { label: "Done", press: { do: "OpenAskDone", ...about } };
  if (!isOpen(incident)) return [done];
  const accept: Offer = {
    label: "Accept",
    press: { do: "AnswerAsk", ...about, accept: true },
    style: "primary",
  };
  const decline: Offer = { label: "Decline", press: { do: "AnswerAsk", ...about, accept: false } };
  return ask.state === "accepted" ? [done, decline] : [accept, decline, done];
}

/** Once, when the time is over. */
function chaseView(model: ViewModel, { id }: SlotAsked): Message | null {
  const ask = found(model, id);
  if (!ask || !isPending(ask) || !isOpen(model.incident)) return null;
  const said = plainWords(ask.text, model.names) ?? "";
  const asks = ask.state === "accepted" ? "how is it going?" : "no answer yet:";
  return fitMessage({
    text: `<@${ask.to}> ${escapeText(`${asks} ${said}`)}`,
    blocks: [
      lines([
        [ping(ask.to), text(` ${asks} `), bold(said)],
        [italic(`asked by ${nameOf(ask.by, model.names)} at ${clockOf(model, ask.at)}`)],
      ]),
      ...buttons(offersOf(model, ask)),
    ],
  });
}

/** What came of it, where everybody sees it. */
function doneView(model: ViewModel, { id }: SlotAsked): Message | null {
  const ask = found(model, id);
  if (ask?.state !== "done") return null;
  const { names } = model;
  const said = plainWords(ask.text, names) ?? "";
  const result = plainWords(ask.result, names);
  const head = `${nameOf(ask.changedBy, names)}: done.`;
  return fitMessage({
    text: escapeText(`${head} ${said}`),
    blocks: [
      lines([[bold(head), text(` ${said}`)], ...(result === null ? [] : [labelled("Result", text(result))])]),
    ],
  });
}

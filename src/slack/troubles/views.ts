import { isLeft, isOfChannel, isOfWebhook, type Trouble } from "../../domain/troubles/state.ts";
import { formatClock } from "../../domain/time.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import type { ViewModel } from "../views/model.ts";
import { bold, buttons, type Line, lines, type Offer, text } from "../views/parts.ts";
import type { SlotViews } from "../views/slot-view.ts";

export const troublesViews: SlotViews = {
  trouble: (model, { id }) => troubleView(model, Number(id)),
};

/** What was definitely refused, said where people can act upon it, and what became of it. */
function troubleView(model: ViewModel, version: number): Message | null {
  const trouble = model.incident.troubles.find((each) => each.version === version);
  if (!trouble) return null;
  const since = sinceThen(model, trouble);
  const opening = isOfWebhook(model.incident.number, trouble.key) ? "Refused: " : "Slack refused: ";
  const told = `${opening}${trouble.sentence}`;
  return fitMessage({
    text: escapeText(since === null ? told : `${told} ${since}`),
    blocks: [
      lines([
        [bold(opening), text(trouble.sentence)],
        ...(since === null ? [] : [[text(since)] satisfies Line]),
      ]),
      ...buttons(retryOffers(model, trouble)),
    ],
  });
}

/** For a channel the message asks that opens the thread. */
export const retryOffers = ({ incident: { number } }: ViewModel, trouble: Trouble): Offer[] =>
  isLeft(trouble) && !isOfChannel(number, trouble.key)
    ? [{ label: "Try again", press: { do: "RetryEffect", incident: number, version: trouble.version } }]
    : [];

/** What became of it since it was refused; null while nobody has had it tried again. */
export function sinceThen({ rules, now, names }: ViewModel, { retried, ended }: Trouble): string | null {
  const clock = (at: number) => formatClock(at, rules.timezone, now);
  const by = retried && nameOf(retried.by, names);
  if (ended === null) return retried && `It is being tried again since ${clock(retried.at)}, asked by ${by}.`;
  const wish = by === null ? "" : ` (tried again by ${by})`;
  switch (ended.as) {
    case "done":
      return `Put right at ${clock(ended.at)}${wish}.`;
    case "unwanted":
      return `Found no longer needed at ${clock(ended.at)}${wish}.`;
    case "refused":
      return `Refused once more at ${clock(ended.at)}${wish}.`;
    default:
      return ended.as satisfies never;
  }
}

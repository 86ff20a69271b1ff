import { isItemOpen } from "../../domain/ending/missing.ts";
import { reference } from "../../domain/incident.ts";
import { escapeText } from "../../domain/words.ts";
import { plainWords } from "../text.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import type { ViewModel } from "../views/model.ts";
import { bold, buttons, lines, text } from "../views/parts.ts";
import type { SlotViews } from "../views/slot-view.ts";
import { nameOf } from "../text.ts";
import { itemLines, itemOffers } from "./item-line.ts";

/** Messages of this folder, by the first word of their slot. */
export const actionItemsViews: SlotViews = {
  action: (model, { id }) => itemView(model, id, "Action item"),
  // The day stands behind the item, so that each has its own message.
  due: (model, { id, stands }) => dueView(model, id.split(":")[0] ?? "", stands),
  digest: (model, { person, stands }) => digestView(model, person, stands),
};

function itemView(model: ViewModel, id: string, label: string): Message | null {
  const { incident, names } = model;
  const item = incident.actionItems.find((each) => each.id === id);
  if (!item) return null;
  const said = plainWords(item.text, names) ?? "";
  return fitMessage({
    text: escapeText(`${label}: ${said}`),
    blocks: [
      lines([[bold(label), text(` · recorded by ${nameOf(item.by, names)}`)], ...itemLines(model, item)]),
      ...buttons(itemOffers(incident.number, item)),
    ],
  });
}

function dueView(model: ViewModel, id: string, stands: boolean): Message | null {
  const { incident } = model;
  const isDue = incident.actionItems.some((item) => item.id === id && isItemOpen(item));
  return isDue || stands ? itemView(model, id, `Due, ${reference(incident)}`) : null;
}

/** Two blocks each; the list in its channel has them all. */
const mostListed = 15;

/** Once a week to each owner, for each incident: what is still open of hers. */
function digestView(model: ViewModel, person: string | undefined, stands: boolean): Message | null {
  const { incident } = model;
  const open = incident.actionItems.filter((item) => item.owner === person && isItemOpen(item));
  if (open.length === 0 && !stands) return null;
  const head =
    open.length === 0
      ? `Your action items of ${titleOf(model)} are done.`
      : `${open.length === 1 ? "One action item" : `${open.length} action items`} of ${titleOf(model)} ${open.length === 1 ? "waits" : "wait"} for you.`;
  const more = open.length - mostListed;
  return fitMessage({
    text: escapeText(head),
    blocks: [
      lines([[bold(head)]]),
      ...open
        .slice(0, mostListed)
        .flatMap((item) => [
          lines(itemLines(model, item, 300)),
          ...buttons(itemOffers(incident.number, item)),
        ]),
      ...(more > 0 ? [lines([[text(`… and ${more} more.`)]])] : []),
      ...buttons([
        { label: "All action items", press: { do: "ShowItems", incident: incident.number, page: 0 } },
      ]),
    ],
  });
}

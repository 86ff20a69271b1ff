import type { ActionItem } from "../../domain/action-items/state.ts";
import { isItemOpen } from "../../domain/ending/missing.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { bold, buttons, lines, type Offer, text } from "../views/parts.ts";
import { itemLines, itemOffers } from "./item-line.ts";

/** Two blocks each, of the fifty that a message may have; short enough to be read. */
const onPage = 8;
const longest = 300;

/** What is open, the next due first; what is done or dropped stands behind it. */
export async function itemList(room: SlackRoom, incident: Incident, wanted = 0): Promise<Message> {
  const model = await modelOf(room, incident);
  const { number, actionItems } = incident;
  const open = actionItems.filter(isItemOpen);
  const all = [
    ...open.toSorted((one, other) => dueOrder(one, other)),
    ...actionItems.filter((item) => !isItemOpen(item)),
  ];
  const pages = Math.max(1, Math.ceil(all.length / onPage));
  const page = Math.min(wanted, pages - 1);
  const head =
    all.length === 0
      ? `${reference(number)} has no action items yet.`
      : `Action items of ${reference(number)}: ${open.length} open, ${all.length - open.length} done or dropped.`;
  const at = pages > 1 ? ` Page ${page + 1} of ${pages}.` : "";
  const turns: Offer[] = [
    ...(page > 0
      ? [{ label: "Earlier", press: { do: "ShowItems" as const, incident: number, page: page - 1 } }]
      : []),
    ...(page + 1 < pages
      ? [{ label: "More", press: { do: "ShowItems" as const, incident: number, page: page + 1 } }]
      : []),
    { label: "Create action item", press: { do: "AddItem", incident: number } },
  ];
  return fitMessage({
    text: head,
    blocks: [
      lines([[bold(head), text(at === "" ? " " : at)]]),
      ...all
        .slice(page * onPage, (page + 1) * onPage)
        .flatMap((item) => [
          lines(itemLines(model, item, longest)),
          ...buttons(itemOffers(number, item, page)),
        ]),
      ...buttons(turns),
    ],
  });
}

/** Those without a day come last. */
const dueOrder = (one: ActionItem, other: ActionItem): number =>
  (one.due ?? "9999").localeCompare(other.due ?? "9999", "en") || one.at - other.at;

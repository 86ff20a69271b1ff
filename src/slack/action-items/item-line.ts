import { dayName, today } from "../../domain/action-items/days.ts";
import type { ActionItem } from "../../domain/action-items/state.ts";
import { isItemOpen } from "../../domain/ending/missing.ts";
import { nameOf, plainWords } from "../text.ts";
import { shortenLabel } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, italic, type Line, type Offer, text } from "../views/parts.ts";

/** What is to be done, by whom, until when; what became of it. */
export function itemLines(model: ViewModel, item: ActionItem, longest = 2000): Line[] {
  const { names, rules, now } = model;
  const what = shortenLabel(plainWords(item.text, names) ?? "", longest);
  const owner = item.owner === null ? "nobody owns it yet" : `@${names.get(item.owner) ?? item.owner}`;
  const isLate = isItemOpen(item) && item.due !== null && item.due < today(rules, now);
  const due = item.due === null ? "no due day" : `${isLate ? "was due" : "due"} ${dayName(item.due)}`;
  const ended = endOf(model, item);
  return [[bold(ended === null ? "☐ " : "☑ "), text(what)], [italic(ended ?? `${owner} · ${due}`)]];
}

function endOf(model: ViewModel, { done, dropped }: ActionItem): string | null {
  const end = done ?? dropped;
  if (!end) return null;
  return `${done ? "done" : "dropped"} by ${nameOf(end.by, model.names)}, ${clockOf(model, end.at)}`;
}

/** @param page of the list that they stand on */
export function itemOffers(incident: number, item: ActionItem, page?: number): Offer[] {
  const about = { incident, item: item.id, ...(page !== undefined && { page }) };
  if (!isItemOpen(item)) return [{ label: "Bring back", press: { do: "RestoreItem", ...about } }];
  return [
    { label: "Done", press: { do: "FinishItem", ...about } },
    { label: "Edit", press: { do: "EditItem", incident, item: item.id } },
    { label: "Drop", press: { do: "DropItem", ...about } },
  ];
}

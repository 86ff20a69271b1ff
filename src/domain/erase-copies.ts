import type { Outgoing } from "./effect.ts";
import { editMessage } from "./effect-routing.ts";
import type { Incident } from "./incident.ts";
import type { MessageRecord } from "./record.ts";
import { addressed, type Slot, slotTo } from "./slot.ts";
import type { Words } from "./words.ts";

/** Messages of ours that quote a text which its author has deleted are edited, so that no copy of it stays in Slack. */
export function eraseCopies(incident: Incident, erased: MessageRecord, at: number): Outgoing[] {
  const ids = new Set(erased.revisions.map((revision) => revision.text.words));
  const quotes = (...texts: (Words | null | undefined)[]) =>
    texts.some((text) => text && ids.has(text.words));
  const { number, announce, impact, currentAction, resolved, reminder, posts } = incident;
  const isStated = quotes(impact, currentAction, resolved?.fix);
  const updates = incident.updates
    .filter(({ lines }) => quotes(lines.impact, lines.currentAction))
    .map(({ n }) => n);
  const slots = [
    ...(isStated ? ["card", ...(announce ? ["announcement"] : [])] : []),
    ...updates.flatMap((n) =>
      n > 1 ? [`update:${n}:channel`, ...(announce ? [`update:${n}:thread`] : [])] : [],
    ),
    ...Object.keys(posts).filter((slot) => updates.some((n) => carries(slot, n))),
    ...(reminder && quotes(reminder.draft.lines.impact, reminder.draft.lines.currentAction)
      ? [`reminder:${reminder.due}`]
      : []),
    ...Object.entries(incident.presence.briefed)
      .filter(([, { recent }]) => quotes(...recent.map((entry) => entry.text)))
      .map(([user, brief]) => slotTo(user, `brief:${brief.at}`)),
  ];
  return slots.map((slot) => editMessage(number, slot, at, `erased:${erased.ts}`));
}

/** What audiences and subscribers were told of an update. */
function carries(slot: Slot, n: number): boolean {
  const [kind, first, second] = addressed(slot).slot.split(":");
  return (kind === "audience" && second === String(n)) || (kind === "subscribed" && first === String(n));
}

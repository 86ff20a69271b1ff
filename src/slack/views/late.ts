import { isDuring, longestDelay } from "../../domain/outage.ts";
import { recordedAt } from "../../domain/recorded-at.ts";
import { addressed, type Slot } from "../../domain/slot.ts";
import { formatShortDuration, instantOfTs } from "../../domain/time.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { italic, lines } from "./parts.ts";

const mark = "recorded during a Slack outage";

/** The one place where messages are marked that came late. */
export const markedAsLate = (message: Message, slot: Slot, model: ViewModel): Message =>
  markedAsRecordedBefore(markedAsOverdue(message, slot, model), slot, model);

/** What was decided late, since Sitrep or Slack was away when it was due. */
function markedAsOverdue({ text, blocks }: Message, slot: Slot, model: ViewModel): Message {
  const late = model.incident.late[addressed(slot).slot];
  if (!late) return { text, blocks };
  const when = `at ${clockOf(model, late.due)}, ${formatShortDuration(late.at - late.due)} late`;
  return fitMessage({ text: `${text} (due ${when})`, blocks: [...blocks, lines([[italic(`Due ${when}`)]])] });
}

/** What was decided in time, and could not be shown. */
function markedAsRecordedBefore({ text, blocks }: Message, slot: Slot, model: ViewModel): Message {
  const { incident, now } = model;
  const at = recordedAt(incident, slot);
  const post = incident.posts[slot];
  const shownAt = post ? instantOfTs(post.ts) : now;
  if (at === null || shownAt - at < longestDelay || !isDuring(incident.outages, at)) return { text, blocks };
  return fitMessage({ text, blocks: [...blocks, lines([[italic(`${clockOf(model, at)} · ${mark}`)]])] });
}

/** The same for a time that stands among others. */
export const lateMark = ({ incident: { outages } }: ViewModel, at: number): string =>
  isDuring(outages, at) ? ` (${mark})` : "";

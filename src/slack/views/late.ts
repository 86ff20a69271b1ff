import { isDuring, longestDelay } from "../../domain/outage.ts";
import { recordedAt } from "../../domain/recorded-at.ts";
import type { Slot } from "../../domain/slot.ts";
import { instantOfTs } from "../../domain/time.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { italic, lines } from "./parts.ts";

const mark = "recorded during a Slack outage";

/** The one place where messages are marked that came late: whatever a view tells of the record goes through here. */
export function markedAsLate({ text, blocks }: Message, slot: Slot, model: ViewModel): Message {
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

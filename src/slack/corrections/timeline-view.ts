import type { KnownBlock } from "@slack/types";
import { reference } from "../../domain/incident.ts";
import { formatClock } from "../../domain/time.ts";
import { pressId } from "../ids.ts";
import { fitMessage, limits, type Message, shorten, shortenLabel } from "../views/limits.ts";
import { buttons, type Offer, sentence } from "../views/parts.ts";
import type { ReadEntry } from "./load.ts";

const entriesOnPage = 12;
/** Room for a dozen of them in one message. */
const longestText = 600;

interface Shown {
  number: number;
  /** Counted from the newest. */
  page: number;
  zone: string;
  now: number;
}

/** The key entries, a page of them, each with what changes it; for the asker alone. */
export function timelineView(entries: readonly ReadEntry[], { number, page, zone, now }: Shown): Message {
  const pages = Math.max(1, Math.ceil(entries.length / entriesOnPage));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const end = entries.length - at * entriesOnPage;
  const shown = entries.slice(Math.max(0, end - entriesOnPage), end);
  const head = `*Timeline of ${reference(number)}*${pages > 1 ? ` (${pages - at} of ${pages})` : ""}: what reaches the post-mortem.`;
  const turn: Offer[] = [
    ...(at + 1 < pages
      ? [{ label: "Earlier", press: { do: "ShowTimeline" as const, incident: number, page: at + 1 } }]
      : []),
    ...(at > 0
      ? [{ label: "Later", press: { do: "ShowTimeline" as const, incident: number, page: at - 1 } }]
      : []),
  ];
  return fitMessage({
    text: `Timeline of ${reference(number)}`,
    blocks: [
      sentence(shown.length === 0 ? `${head} Nothing stands there yet.` : head),
      ...shown.map((entry, place) => entryBlock(entry, place, { number, zone, now })),
      ...buttons([...turn, { label: "Log", press: { do: "OpenLog", incident: number } }]),
    ],
  });
}

function entryBlock(
  { id, entry, text, hidden, corrected }: ReadEntry,
  place: number,
  { number, zone, now }: Pick<Shown, "number" | "zone" | "now">,
): KnownBlock {
  const marks = [
    ...(hidden ? ["hidden"] : []),
    ...(corrected && !hidden ? ["corrected"] : []),
    ...(entry.kind === "message" && entry.recovered ? ["recovered"] : []),
  ];
  const note = marks.length === 0 ? "" : ` (${marks.join(", ")})`;
  const clock = formatClock(entry.at, zone, now);
  const label = hidden ? "Bring back" : "Edit";
  const line = `${clock} - ${shorten(text, longestText)}${note}`;
  return {
    type: "section",
    text: { type: "plain_text", text: shorten(line, limits.mrkdwn), emoji: true },
    accessory: {
      type: "button",
      text: { type: "plain_text", text: label },
      accessibility_label: shortenLabel(`${label} ${clock} ${text}`, limits.button),
      ...pressId({ do: "EditEntry", incident: number, entry: id }, place),
    },
  };
}

import type { ListItem, PhrasingContent } from "mdast";
import { type Words, words } from "../domain/words.ts";
import { keyTimeline } from "../domain/timeline.ts";
import type { TimelineEntry } from "../domain/timeline-entry.ts";
import { formatDay, formatOffset, formatTime } from "../domain/time.ts";
import { knownStart } from "./times.ts";
import { emphasis, item, link, paragraph, text } from "./nodes.ts";
import type { Reading } from "./reading.ts";
import { clockOn } from "./times.ts";
import { type Material, nameOf, permalink, readingOf, wordsAsBlocks, wordsInline } from "./material.ts";

/** `- 14:30 - Deployed v2.3.2 ([source](https://…))`; the day where it changes, the offset where the clocks were changed. */
export function timelineItems(material: Material): ListItem[] {
  const { incident, events, messages, rules } = material;
  const zone = rules.timezone;
  const start = knownStart(incident)?.at ?? incident.resolved?.recovered.at ?? incident.declaredAt;
  let before = readClock(start, zone);
  return keyTimeline(incident, events, messages).map((entry) => {
    // Reading it is dear, and much happens within a minute.
    const clock = minuteOf(entry.at) === before.minute ? before : readClock(entry.at, zone);
    const time = timeAfter(before, clock);
    before = clock;
    return entryItem(entry, time, material);
  });
}

const minuteOf = (at: number): number => Math.floor(at / 60_000);

const readClock = (at: number, zone: string) => ({
  minute: minuteOf(at),
  day: formatDay(at, zone),
  time: formatTime(at, zone),
  offset: formatOffset(at, zone),
});

type ClockReading = ReturnType<typeof readClock>;

const timeAfter = (before: ClockReading, { day, time, offset }: ClockReading): string =>
  [...(day === before.day ? [] : [day]), time, ...(offset === before.offset ? [] : [offset])].join(" ");

function entryItem(entry: TimelineEntry, time: string, material: Material): ListItem {
  const url = sourceOf(entry, material);
  const source: PhrasingContent[] = url === undefined ? [] : [text(" ("), link(url, "source"), text(")")];
  const [first, ...more] = entryContent(entry, material);
  if (first?.type === "paragraph")
    return item(paragraph(text(`${time} - `), ...first.children, ...source), ...more);
  return item(paragraph(text(`${time} -`), ...source), ...(first ? [first] : []), ...more);
}

/** What the entry says, without its time. */
export function entryContent(entry: TimelineEntry, material: Material) {
  const reading = readingOf(material);
  if (entry.reworded) return wordsAsBlocks(entry.reworded, reading);
  switch (entry.kind) {
    case "declared": {
      const provisional = entry.provisional ? " (provisional)" : "";
      return [paragraph(`Declared as ${entry.severity}${provisional} by ${nameOf(entry.by, reading)}`)];
    }
    case "status":
      return [paragraph(`Status ${entry.to}, was ${entry.from}, set by ${nameOf(entry.by, reading)}`)];
    case "severity": {
      const was = entry.from === entry.to ? "confirmed" : `was ${entry.from}, set`;
      const said = `Severity ${entry.to}, ${was} by ${nameOf(entry.by, reading)}`;
      return [paragraph(said, ...(entry.reason ? [text(": "), ...wordsInline(entry.reason, reading)] : []))];
    }
    case "title":
      return [
        paragraph(
          text("Title “"),
          ...wordsInline(entry.to, reading),
          text("”, was “"),
          ...wordsInline(entry.from, reading),
          text(`”, set by ${nameOf(entry.by, reading)}`),
        ),
      ];
    case "logged":
      return wordsAsBlocks(entry.text, reading);
    case "message": {
      if (!entry.text) return [paragraph(deletion(entry, reading))];
      const files = entry.files.map((name) => name.replaceAll(/\s+/g, " ")).join(", ");
      if (entry.text.body === "" && files !== "") return [paragraph(`Shared ${files}`)];
      return [...wordsAsBlocks(entry.text, reading), ...(files === "" ? [] : [paragraph(`Files: ${files}`)])];
    }
    case "told": {
      return [paragraph(...entry.parts.flatMap((part) => asTold(part, reading)))];
    }
    case "resolved": {
      const { at, assumed } = entry.recovered;
      const recovered = assumed ? "" : `; users had recovered at ${clockOn(at, reading.zone, entry.at)}`;
      const fix = entry.fix ? [text(": "), ...wordsInline(entry.fix, reading)] : [];
      return [paragraph(`Resolved by ${nameOf(entry.by, reading)}${recovered}`, ...fix)];
    }
    default:
      return entry satisfies never;
  }
}

/** Sitrep's own text keeps the spaces that part it from what people wrote. */
function asTold(part: string | Words, reading: Reading): PhrasingContent[] {
  if (typeof part !== "string") return wordsInline(part, reading);
  const space = (isThere: boolean) => (isThere ? [text(" ")] : []);
  return [...space(/^\s/.test(part)), ...wordsInline(words("", part), reading), ...space(/\s$/.test(part))];
}

function deletion(
  { deletedAt, deletionNoticed, at }: Extract<TimelineEntry, { kind: "message" }>,
  { zone }: Reading,
): PhrasingContent {
  const noticed = deletionNoticed ? "noticed " : "";
  const when = deletedAt === null ? "" : `, ${noticed}${clockOn(deletedAt, zone, at)}`;
  return emphasis(`deleted by its author${when}`);
}

/** The message that says it: the marked one, or the one by which the channel was told. */
export function sourceOf(entry: TimelineEntry, { teamUrl, incident }: Material): string | undefined {
  if (teamUrl === undefined) return undefined;
  if (entry.kind === "message") return entry.text ? permalink(teamUrl, entry) : undefined;
  const post = entry.slot === undefined ? undefined : incident.posts[entry.slot];
  return post && permalink(teamUrl, post);
}

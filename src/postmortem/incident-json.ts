import type { Nodes } from "mdast";
import { knownDataLoss } from "../domain/policy/impact.ts";
import { standingTimeline } from "../domain/timeline.ts";
import type { TimelineEntry } from "../domain/timeline-entry.ts";
import { type Incident, reference } from "../domain/incident.ts";
import { reasonOf } from "../domain/update.ts";
import { writtenSections } from "../domain/vocab.ts";
import { unescapeText, type Words } from "../domain/words.ts";
import { assessmentJson } from "./assessment.ts";
import { escalationJson } from "./escalations-section.ts";
import { type Material, nameOf, readingOf, wordsInline } from "./material.ts";
import { aftermathJson, deedsJson } from "./parts-json.ts";
import { mention, type Reading } from "./reading.ts";
import { entryContent, sourceOf } from "./timeline-section.ts";
import { writtenMarkdown } from "./written.ts";

/** An instant as programs read it: `2024-02-15T14:30:00.000Z`. */
const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** One line of a list, for programs. Texts are plain, without markup; null where nothing was recorded. */
export function summaryJson(incident: Incident, reading: Reading) {
  const { number, status, severity, provisional, channel, started, resolved } = incident;
  return {
    reference: reference(incident),
    number,
    title: plainWords(incident.title, reading),
    status,
    severity,
    provisional,
    private: incident.private,
    drill: incident.drill,
    channel,
    declaredAt: iso(incident.declaredAt),
    started: { at: iso(started.at), assumed: started.assumed },
    recovered: resolved && { at: iso(resolved.recovered.at), assumed: resolved.recovered.assumed },
    nextUpdate: isoOrNull(incident.nextDue),
  };
}

/** The whole incident, for programs. */
export function incidentJson(material: Material) {
  const { incident } = material;
  const reading = readingOf(material);
  const words = (said: Words | null) => said && plainWords(said, reading);
  const { resolved } = incident;
  return {
    ...summaryJson(incident, reading),
    declaredBy: nameOf(incident.declaredBy, reading),
    impact: words(incident.impact),
    currentAction: words(incident.currentAction),
    updates: incident.updates.map(({ n, at, by, lines, automaticSince, final, change }) => ({
      n,
      at: iso(at),
      by: nameOf(by, reading),
      automatic: automaticSince !== null,
      final,
      change: change ? { ...change, reason: words(reasonOf(change)) } : null,
      status: lines.status,
      impact: words(lines.impact),
      currentAction: words(lines.currentAction),
      nextUpdate: isoOrNull(lines.nextUpdate),
      audiences: incident.audiences.told
        .filter((told) => told.n === n)
        .map(({ audience, channel, edited }) => ({ audience, channel, edited: words(edited) })),
    })),
    ...deedsJson(material, words),
    ...aftermathJson(material, words),
    ...assessmentJson(material, words),
    escalation: escalationJson(material, words),
    actionItems: incident.actionItems.map(({ id, text, owner, due, done, dropped }) => ({
      id,
      text: words(text),
      owner: owner && mention(reading, owner),
      due,
      done: done !== null,
      dropped: dropped !== null,
    })),
    resolved: resolved && {
      at: iso(resolved.at),
      by: nameOf(resolved.by, reading),
      fix: words(resolved.fix),
      dataLoss: knownDataLoss(incident),
    },
  };
}

/** The key entries that the post-mortem has, in its order; `source` is a link into Slack. */
export function timelineJson(material: Material) {
  const { incident, events, messages } = material;
  const reading = readingOf(material);
  return standingTimeline(incident, events, messages)
    .filter(({ hidden }) => !hidden)
    .map(({ id, entry, corrected }) => ({
      /** By which `corrections` name it. */
      id,
      corrected: corrected !== null,
      /** Read in Slack's history after Sitrep had missed it. */
      recovered: entry.kind === "message" && entry.recovered,
      at: iso(entry.at),
      recordedAt: iso(entry.recordedAt),
      kind: entry.kind,
      by:
        entry.kind !== "message" ? nameOf(entry.by, reading) : entry.author && mention(reading, entry.author),
      text: entryText(entry, material),
      source: sourceOf(entry, material) ?? null,
    }));
}

/** What an entry says, as plain text without its time. */
export const entryText = (entry: TimelineEntry, material: Material): string =>
  entryContent(entry, material).map(plain).join("\n");

/** What people wrote of the post-mortem, as they wrote it and as it stands in the document; null for what is still to be written. */
export function sectionsJson({ incident, ...material }: Material) {
  const reading = readingOf({ incident, ...material });
  return Object.fromEntries(
    writtenSections.map((name) => {
      const section = incident.sections[name];
      if (!section) return [name, null];
      const { text, by, at } = section;
      return [
        name,
        {
          text: text.body && unescapeText(text.body),
          markup: section.markdown ? "markdown" : "mrkdwn",
          markdown: writtenMarkdown(section, reading),
          by: nameOf(by, reading),
          at: iso(at),
        },
      ];
    }),
  );
}

/** Null once erased. */
const plainWords = (words: Words, reading: Reading): string | null =>
  words.body === null ? null : wordsInline(words, reading).map(plain).join("");

function plain(node: Nodes): string {
  if ("value" in node) return node.value;
  if (node.type === "break") return "\n";
  if (!("children" in node)) return "";
  const between = node.type === "list" || node.type === "blockquote" || node.type === "listItem" ? "\n" : "";
  return node.children.map((child) => plain(child)).join(between);
}

import type { BlockContent, ListItem, PhrasingContent } from "mdast";
import { knownDataLoss } from "../domain/policy/impact.ts";
import { renderChange, renderUpdateLines } from "../domain/policy/update-text.ts";
import type { Source, Update } from "../domain/update.ts";
import { legible, words } from "../domain/words.ts";
import { inline } from "./mrkdwn-inline.ts";
import { item, lineBreak, link, list, paragraph, strong, text } from "./nodes.ts";
import { type Material, nameOf, permalink, readingOf } from "./material.ts";
import { clockOn } from "./times.ts";

const lineNames = { impact: "Impact", currentAction: "Current action" } as const;

/** Each update as it was posted, and what a drafted one took its lines from. */
export function updateItems(material: Material): ListItem[] {
  const { incident } = material;
  const reading = readingOf(material);
  return incident.updates
    .filter((update) => wasSent(update, material))
    .map((update) => {
      const kind = update.final ? " (final)" : "";
      const by =
        update.automaticSince === null
          ? `, by ${nameOf(update.by, reading)}`
          : `, automatic: nothing new reported since ${clockOn(update.automaticSince, reading.zone, incident.started.at)}`;
      const at = clockOn(update.at, reading.zone, incident.started.at);
      const lines = postedLines(update, material).flatMap((line, index): PhrasingContent[] => [
        ...(index === 0 ? [] : [lineBreak]),
        ...inline(legible(line).trim(), reading),
      ]);
      const quoted: BlockContent = { type: "blockquote", children: [{ type: "paragraph", children: lines }] };
      const sources = sourcesOf(update, material).map((source) => sourceItem(source, material));
      return item(
        paragraph(
          strong(`Update ${update.n}${kind}`),
          text(` - ${at}${by}${besides(update, material)}`),
          ...sentAs(update, material),
        ),
        quoted,
        ...(sources.length > 0 ? [list(sources)] : []),
      );
    });
}

/** Whom it went to besides, each in its own words. */
function besides({ n }: Update, { incident }: Material): string {
  const channels = incident.audiences.told.filter((told) => told.n === n).map(({ channel }) => `#${channel}`);
  return channels.length === 0 ? "" : `; also to ${channels.join(", ")}`;
}

/** Update number one is the announcement: none was made where that is switched off, or Slack refused it for good. */
function wasSent({ n }: Update, { incident, events }: Material): boolean {
  if (n > 1 || incident.posts["announcement"]) return true;
  const isRefused = events.some(
    ({ event }) => event.type === "EffectRefused" && event.data.key.includes(":post:announcement"),
  );
  return incident.announce && !isRefused;
}

/** The announcement and the final update say a little more than their template, one of a single line says its change. */
function postedLines(update: Update, { incident, rules }: Material): string[] {
  const { lines, template, at, change } = update;
  if (change) {
    const { said, next } = renderChange(change, lines, rules.timezone, at);
    return [`${said} · ${next}`];
  }
  const facts = update.n === 1 ? { ...lines, impact: lines.impact ?? words("", "being assessed") } : lines;
  const dataLoss = update.final ? [`Data loss: ${knownDataLoss(incident) ?? "not established"}`] : [];
  return [...renderUpdateLines(facts, template, rules.timezone, at), ...dataLoss];
}

function sentAs({ n }: Update, { incident, teamUrl }: Material): PhrasingContent[] {
  const post =
    incident.posts[`update:${n}:channel`] ?? (n === 1 ? incident.posts["announcement"] : undefined);
  return teamUrl === undefined || !post
    ? []
    : [text(" ("), link(permalink(teamUrl, post), "source"), text(")")];
}

/** What the draft cited, as far as its lines were posted as they stood. */
function sourcesOf(update: Update, { events }: Material): Source[] {
  const published = events.find(
    ({ event }) => event.type === "UpdatePublished" && event.data.n === update.n,
  )?.event;
  const due = published?.type === "UpdatePublished" ? published.data.answers : null;
  const reminded = events.findLast(
    ({ event }) => event.type === "UpdateReminded" && event.data.due === due,
  )?.event;
  if (due === null || reminded?.type !== "UpdateReminded") return [];
  const { lines, sources } = reminded.data.draft;
  return sources.filter(({ line }) => lines[line] && lines[line].words === update.lines[line]?.words);
}

function sourceItem(
  { line, from, at, ts, threadTs }: Source,
  { incident, teamUrl, rules }: Material,
): ListItem {
  const what = `${lineNames[line]}: ${from}, ${clockOn(at, rules.timezone, incident.started.at)}`;
  const { channel } = incident;
  if (teamUrl === undefined || !channel || ts === undefined) return item(paragraph(what));
  return item(
    paragraph(
      text(`${what} (`),
      link(permalink(teamUrl, { channel: channel.id, ts, threadTs }), "source"),
      text(")"),
    ),
  );
}

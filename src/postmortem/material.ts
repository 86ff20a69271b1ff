import { type Actor, actorName } from "../domain/actor.ts";
import type { IncidentEvent } from "../domain/event.ts";
import type { Incident } from "../domain/incident.ts";
import type { MessageRecord } from "../domain/record.ts";
import type { Rules } from "../domain/rules.ts";
import type { Words } from "../domain/words.ts";
import type { BlockContent, PhrasingContent } from "mdast";
import { blocks, phrases } from "./mrkdwn.ts";
import { erased, paragraph } from "./nodes.ts";
import { mention, type Reading } from "./reading.ts";

/** All that a post-mortem is made of: the same material gives the same bytes. */
export interface Material {
  incident: Incident;
  events: readonly { recordedAt: number; event: IncidentEvent }[];
  /** Of the incident channel; those without a mark only tell who took part. */
  messages: readonly MessageRecord[];
  /** By Slack user id. */
  people: ReadonlyMap<string, { name: string; isBot?: boolean }>;
  /** `https://acme.slack.com/`; undefined while Slack has not told it: then nothing links to a message. */
  teamUrl: string | undefined;
  rules: Rules;
}

export const readingOf = ({ people, rules }: Material): Reading => ({ people, zone: rules.timezone });

export const wordsInline = (words: Words, reading: Reading): PhrasingContent[] =>
  words.body === null ? [erased] : phrases(words.body, reading);

export const wordsAsBlocks = (words: Words, reading: Reading): BlockContent[] =>
  words.body === null ? [paragraph(erased)] : blocks(words.body, reading);

export const nameOf = (actor: Actor, reading: Reading): string =>
  actorName(actor, (user) => mention(reading, user));

/** https://docs.slack.dev/reference/methods/chat.getPermalink shows the shape; it needs no call. */
export function permalink(
  teamUrl: string,
  { channel, ts, threadTs }: { channel: string; ts: string; threadTs?: string | null | undefined },
): string {
  const reply = threadTs && threadTs !== ts ? `?thread_ts=${threadTs}&cid=${channel}` : "";
  return `${teamUrl.replace(/\/*$/, "/")}archives/${channel}/p${ts.replace(".", "")}${reply}`;
}

import { isDeepStrictEqual } from "node:util";
import { exportPostmortem } from "../../src/postmortem/export.ts";
import { postMessage, sharePostmortem } from "../../src/domain/effect-routing.ts";
import type { Rules } from "../../src/domain/rules.ts";
import type { RecordedEvent, Store } from "../../src/store/port.ts";
import { fold } from "../../src/domain/evolve.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { isStanding, type MessageRecord } from "../../src/domain/record.ts";
import type { Channel, WorkspaceMessage } from "../../src/workspace/model.ts";
import { contentLines } from "../../src/workspace/transcript.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";
import { byNames, type Mapped } from "./mapped-ids.ts";

export interface Standing {
  ws: Workspace;
  store: Store;
  rules: Rules;
}

/**
 * All that stands in Slack, in the record and in the outbox, a line each, so that two runs of a story can be compared
 * (`differences`). Mapped, because a run that was disturbed may differ by it: ids and `ts` to names, instants, clock times and
 * durations to one word, versions of an incident to `#`. Left out:
 *
 * - the order of messages, but for those of one target (`effect-routing.ts`): what tells of the incident in one place, a message
 *   and its thread;
 * - whether a message was edited on the way to what it says now;
 * - what one person alone was shown, which is no effect; and of the link to a new channel, which comes twice where nobody can
 *   know whether the first arrived, whether it did, but never twice in one place;
 * - the notices of topics on the way to the last one;
 * - that it was not asked yet whether somebody is still on it, since what was said was being read just then;
 * - in a file, links to what may not have stood yet when it was made: what is exported in the end has them.
 */
export async function normalForm({ ws, store, rules }: Standing): Promise<string[]> {
  await ws.settle();
  const mapped = byNames(ws.state);
  const channels = [...ws.state.channels.values()];
  const lines = [
    ...channels.flatMap((channel) => standing(ws, mapped, channel)),
    ...linked(mapped, channels),
  ];
  for (const incident of (await store.incidents()).toReversed()) {
    const name = `INC-${incident.number}`;
    const events = await store.events(incident.number);
    const ofIncident = [
      ...stateLines(mapped, incident).map((line) => `state ${line}`),
      ...(foldsTo(events, incident) ? [] : ["its events do not fold to its state"]),
      ...events.flatMap(({ event }) => (isPutOff(event) ? [] : [`event ${mapped.json(event)}`])),
      ...(await store.messages(incident.number)).map((message) => `record ${recorded(ws, mapped, message)}`),
      ...((await exportPostmortem({ store, rules }, incident.number))?.markdown ?? "")
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => `post-mortem ${mapped.text(line)}`),
    ];
    lines.push(...ofIncident.map((line) => `${name} ${line}`));
  }
  // What is done is not counted: a row is one cause, by its key, which is unique; what a second one would do stands above.
  const { pending, claimed, held, dead, oldestDue } = await store.outboxCounts(ws.clock.now());
  lines.push(
    `outbox ${pending} pending, ${claimed} claimed, ${held} held, ${dead} dead${oldestDue === null ? "" : ", overdue"}`,
  );
  lines.push(...ws.state.loud.map((complaint) => `the workspace complains: ${complaint}`));
  return lines.toSorted();
}

const isPutOff = (event: RecordedEvent["event"]): boolean =>
  event.type === "PromptHeldBack" && ["CheckHeard", "GoOn"].includes(event.data.timer.type);

/** What one of two normal forms has more often than the other; empty when they are equal. */
export function differences(expected: readonly string[], found: readonly string[]): string[] {
  const more = (some: readonly string[], than: readonly string[]): string[] => {
    const left = new Map<string, number>();
    for (const line of than) left.set(line, (left.get(line) ?? 0) + 1);
    return some.filter((line) => {
      const count = left.get(line) ?? 0;
      left.set(line, count - 1);
      return count <= 0;
    });
  };
  return [
    ...more(expected, found).map((line) => `lost: ${line}`),
    ...more(found, expected).map((line) => `more: ${line}`),
  ];
}

function standing(ws: Workspace, mapped: Mapped, channel: Channel): string[] {
  const place = mapped.channel(channel);
  const messages = channel.messages.filter(
    (message) =>
      message.onlyFor === undefined && message.subtype !== "channel_topic" && !isLink(mapped, message),
  );
  return [
    // A conversation in which nothing is said shows nowhere.
    ...(channel.kind === "im"
      ? []
      : [
          `${place} topic: ${mapped.text(channel.topic)}`,
          `${place} members: ${[...channel.members].map(mapped.text).toSorted().join()}`,
        ]),
    ...(channel.archived ? [`${place} archived`] : []),
    ...channel.bookmarks.map(({ title, link }) => `${place} bookmark ${title}: ${mapped.text(link)}`),
    ...messages.map((message) => `${place} ${spoken(ws, mapped, channel, message)}`),
    ...ordered(ws, messages).map((order) => `${place} ${mapped.text(order)}`),
  ];
}

const linkPattern = /(INC-\d+) is open: <#\w+>$/;

const isLink = (mapped: Mapped, { channel, text }: WorkspaceMessage): boolean =>
  mapped.text(channel).startsWith("@") && linkPattern.test(text);

/** Of each incident, whether its declarer was given the link, and where too often. */
function linked(mapped: Mapped, channels: readonly Channel[]): string[] {
  const links = channels.flatMap((channel) =>
    channel.messages.flatMap(({ text, onlyFor }) => {
      const [, incident] = linkPattern.exec(text) ?? [];
      if (incident === undefined || (onlyFor === undefined && channel.kind !== "im")) return [];
      return [{ incident, place: mapped.channel(channel) }];
    }),
  );
  const times = Map.groupBy(links, ({ incident, place }) => `${incident} in ${place}`);
  return [
    ...[...new Set(links.map(({ incident }) => incident))].map(
      (incident) => `the link to ${incident} was seen`,
    ),
    ...[...times].flatMap(([where, { length }]) =>
      length > 1 ? [`the link to ${where} ${length} times`] : [],
    ),
  ];
}

function spoken(ws: Workspace, mapped: Mapped, channel: Channel, message: WorkspaceMessage): string {
  const { user, subtype, threadTs, ts, broadcast, text, blocks, reactions, files } = message;
  const parent = threadTs !== undefined && threadTs !== ts && ws.state.message(channel.id, threadTs);
  return [
    mapped.text(user),
    ...(subtype === undefined ? [] : [subtype]),
    ...(parent ? [`in the thread of “${mapped.text(headline(ws, parent))}”`] : []),
    ...(threadTs !== undefined && threadTs !== ts && !parent ? ["in the thread of what is gone"] : []),
    ...(broadcast === true ? ["and in the channel"] : []),
    ...(channel.pins.includes(ts) ? ["pinned"] : []),
    ...[...reactions].map(([name, people]) => `:${name}: by ${people.map(mapped.text).toSorted().join()}`),
    ...files.map(
      (file) => `file ${file.name} ${unlinked(mapped.text(Buffer.from(file.content).toString()))}`,
    ),
    ...contentLines(ws.state, message).map(mapped.text),
    `text ${mapped.text(text)}`,
    `blocks ${mapped.json(blocks ?? [])}`,
  ].join(" | ");
}

const unlinked = (markdown: string): string => markdown.replaceAll(/ \(\[source\]\([^)]*\)\)/g, "");

const headline = (ws: Workspace, message: WorkspaceMessage): string =>
  contentLines(ws.state, message)[0] ?? "";

/** Of each target, its posts as they come one after the other. */
function ordered(ws: Workspace, messages: readonly WorkspaceMessage[]): string[] {
  const posts = messages.flatMap((message) => {
    const post = postOf(message);
    const says = contentLines(ws.state, message).join(" / ");
    return post ? [{ target: post.target, says: `${post.slot} “${says}”` }] : [];
  });
  return [...Map.groupBy(posts, ({ target }) => target)].flatMap(([target, some]) =>
    some.length > 1 ? [`order of ${target}: ${some.map(({ says }) => says).join(" < ")}`] : [],
  );
}

/** Which post of ours it is, by the key in its metadata; a file that is shared bears none. */
function postOf({ metadata, files }: WorkspaceMessage): { slot: string; target: string } | undefined {
  const [, incident, slot] = /^(\d+):post:(.+)$/.exec(String(metadata?.event_payload["key"])) ?? [];
  // One that was posted anew bears a version.
  const first = slot?.replace(/(?<=^announcement|:thread):\d+$/, "");
  if (first !== undefined) return { slot: first, target: postMessage(Number(incident), first, 0).target };
  const [, of] = /^INC-(\d+)-post-mortem/.exec(files[0]?.name ?? "") ?? [];
  const share = { copy: "", file: "", to: null };
  return of === undefined
    ? undefined
    : { slot: "file", target: sharePostmortem(Number(of), share, 0).target };
}

/** A line for each part, so that a difference shows where it is. */
const stateLines = (mapped: Mapped, incident: Incident): string[] =>
  Object.entries(incident).map(([key, value]) => mapped.json({ [key]: value }));

const foldsTo = (events: readonly RecordedEvent[], incident: Incident): boolean =>
  isDeepStrictEqual(fold(events.map(({ event }) => event)), incident);

function recorded(ws: Workspace, mapped: Mapped, message: MessageRecord): string {
  const { channel, ts, author, threadTs, files, revisions, deletedAt, marks, said } = message;
  const thread = threadTs !== null && threadTs !== ts ? ws.state.message(channel, threadTs) : undefined;
  return mapped.json({
    channel,
    author,
    said,
    thread: thread ? headline(ws, thread) : threadTs !== null && threadTs !== ts,
    files,
    texts: revisions.map(({ text }) => text.body),
    deleted: deletedAt !== null,
    // Somebody else's unpinning ends a pin as its own does: which of them was told is not what people see.
    marks: marks
      .map((mark) => mapped.text(`${mark.person} ${mark.kind} ${isStanding(mark, message)}`))
      .toSorted(),
  });
}

import { z } from "zod";
import type { Incident } from "../../domain/incident.ts";
import type { Mark, MessageFact, MessageRecord } from "../../domain/record.ts";
import { instantOfTs } from "../../domain/time.ts";
import { addressed } from "../addressed.ts";
import { wordingFact } from "../wording.ts";

/** A message as Slack's history shows it. */
export const shownSchema = z.object({
  ts: z.string(),
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  thread_ts: z.string().optional(),
  reply_count: z.number().optional(),
  files: z
    .array(z.object({ id: z.string(), name: z.string().nullish(), title: z.string().nullish() }))
    .optional(),
  edited: z.object({ ts: z.string() }).optional(),
  reactions: z
    .array(z.object({ name: z.string(), users: z.array(z.string()), count: z.number() }))
    .optional(),
});
export type Shown = z.infer<typeof shownSchema>;

export interface Comparison {
  incident: Pick<Incident, "number" | "declaredAt">;
  channel: string;
  now: number;
  /** The reaction that marks. */
  mark: string;
  botUserId: string;
}

type Known = MessageRecord | undefined;
type Wording = NonNullable<ReturnType<typeof wordingFact>>;

/** What the record lacks of a message that Slack shows. `known` was read before Slack was asked. */
export function differences(known: Known, shown: Shown, comparison: Comparison): MessageFact[] {
  if (shown.user === comparison.botUserId || (known && known.deletedAt !== null)) return [];
  // A deleted message with replies stays as a tombstone.
  if (shown.subtype === "tombstone") return known?.said ? [deletion(known, comparison)] : [];
  const wording = wordingOf(known, shown, comparison);
  if (!wording && !known) return [];
  const isOnRecord = known?.revisions.some(({ editedTs }) => editedTs === (shown.edited?.ts ?? ""));
  return [
    ...(wording && !isOnRecord ? [wording] : []),
    ...(wording && isMissedMention(known, wording, comparison)
      ? [missedMention(known, wording, comparison)]
      : []),
    ...markDifferences(known, shown, comparison),
  ];
}

const minute = 60_000;
/** Slack repeats for six minutes what was not taken in; what it brings is still carried out. */
const repeatedFor = 7 * minute;

function isMissedMention(known: Known, wording: Wording, { now, botUserId }: Comparison): boolean {
  const first = known ? known.revisions[0] : wording;
  return (
    first?.recovered === true &&
    addressed(wording.text, botUserId) !== null &&
    now - instantOfTs(wording.ts) >= repeatedFor
  );
}

const missedMention = (known: Known, { ts }: Wording, comparison: Comparison): MessageFact => ({
  type: "MentionMissed",
  ...aboutOf(known, comparison),
  ts,
});

/** What was said so lately Slack may not show yet: its answers lag behind what it tells. */
const shownAfter = minute;

/**
 * Of those that are on record those that Slack no longer shows; all of them were there before it was asked. What was said just now
 * is left to the next run, since words that are erased do not come back.
 */
export const deletions = (
  known: readonly MessageRecord[],
  shown: readonly Shown[],
  comparison: Comparison,
): MessageFact[] => {
  const there = new Set(shown.map(({ ts }) => ts));
  return known
    .filter(({ ts, said, deletedAt }) => said && deletedAt === null && !there.has(ts))
    .filter(({ ts }) => comparison.now - instantOfTs(ts) >= shownAfter)
    .map((message) => deletion(message, comparison));
};

/** Whether Slack names some of those who marked it only. https://docs.slack.dev/reference/methods/reactions.get */
export const isCutShort = ({ reactions = [] }: Pick<Shown, "reactions">, mark: string): boolean =>
  reactions.some(({ name, users, count }) => isMark(name, mark) && users.length < count);

/** Marks that were set or taken back. Nobody is missed where Slack does not name all. */
export function markDifferences(
  known: Known,
  shown: Pick<Shown, "ts" | "reactions">,
  comparison: Comparison,
): MessageFact[] {
  const { mark: kind, botUserId } = comparison;
  const reacted = (shown.reactions ?? [])
    .filter(({ name }) => isMark(name, kind))
    .flatMap(({ users }) => users)
    .filter((user) => user !== botUserId);
  const people = new Set(reacted);
  const marks = (known?.marks ?? []).filter((mark) => mark.kind === kind);
  const standing = new Set(marks.filter(({ present }) => present).map(({ person }) => person));
  const taken = isCutShort(shown, kind) ? [] : [...standing].filter((person) => !people.has(person));
  const change = (person: string, present: boolean): MessageFact => {
    const before = marks.find((mark) => mark.person === person)?.eventTs ?? shown.ts;
    return noticedMark(known, { person, kind, present, eventTs: before }, shown.ts, comparison);
  };
  return [
    ...[...people].filter((person) => !standing.has(person)).map((person) => change(person, true)),
    ...taken.map((person) => change(person, false)),
  ];
}

export const noticedMark = (
  known: Known,
  mark: Omit<Mark, "noticedAt">,
  ts: string,
  comparison: Comparison,
): MessageFact => ({
  type: "MarkChanged",
  ...aboutOf(known, comparison),
  ts,
  ...mark,
  noticedAt: comparison.now,
});

// `pushpin::skin-tone-2` is the same mark.
const isMark = (name: string, mark: string): boolean => name.split("::")[0] === mark;

const deletion = (known: MessageRecord, comparison: Comparison): MessageFact => ({
  type: "MessageDeleted",
  ...aboutOf(known, comparison),
  ts: known.ts,
  deletedAt: comparison.now,
  noticed: true,
});

function wordingOf(known: Known, shown: Shown, comparison: Comparison): Wording | null {
  const about = aboutOf(known, comparison);
  const wording = wordingFact(known?.said ? "MessageEdited" : "MessageSaid", shown, about);
  if (!wording) return null;
  // What was said before the incident nobody could miss.
  const missed = instantOfTs(wording.editedTs || wording.ts) >= comparison.incident.declaredAt;
  return missed ? { ...wording, recovered: true } : wording;
}

/** What stands in a channel of several incidents stays with the one that has it. */
const aboutOf = (known: Known, { incident, channel, now }: Comparison) => ({
  incident: known?.incident ?? incident.number,
  channel,
  recordedAt: now,
});

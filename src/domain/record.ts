import { z } from "zod";
import { type Words, wordsSchema } from "./words.ts";

/** A person's mark on a message: a register, the greatest `eventTs` wins. */
export const markSchema = z.object({
  person: z.string(),
  /** `pushpin`: the configured reaction. Slack's pin and the shortcut come as kinds of their own. */
  kind: z.string(),
  present: z.boolean(),
  eventTs: z.string(),
  /** Found by comparison, at that instant: since when it was so Slack does not say. `eventTs` is then the change before it. */
  noticedAt: z.number().optional(),
});
export type Mark = z.infer<typeof markSchema>;

/** One message of an incident channel, identified by (channel, ts). Facts about it merge in any order. */
export const messageRecordSchema = z.object({
  incident: z.number(),
  channel: z.string(),
  ts: z.string(),
  /** Count of changes; what a commit must still find. 0: not stored yet. */
  version: z.number().int(),
  /** False while only marks, an edit or a deletion of it have arrived. */
  said: z.boolean(),
  /** Slack user id of the author; null until known. */
  author: z.string().nullable(),
  threadTs: z.string().nullable(),
  files: z.array(z.string()),
  /** Wordings, oldest first, the last one counts; `editedTs` is empty for the first. */
  revisions: z.array(
    z.object({
      editedTs: z.string(),
      text: wordsSchema,
      /** Read in Slack's history: no event has told of it. */
      recovered: z.literal(true).optional(),
    }),
  ),
  /** When it was deleted, ms since the epoch. Its texts are erased then. */
  deletedAt: z.number().nullable(),
  /** Nobody told of the deletion: `deletedAt` is when the message was found missing. */
  deletionNoticed: z.boolean(),
  /** When it first arrived here. */
  recordedAt: z.number(),
  marks: z.array(markSchema),
});
export type MessageRecord = z.infer<typeof messageRecordSchema>;

type FactOf<Type extends string, Data> = {
  type: Type;
  incident: number;
  channel: string;
  /** The message it is about. */
  ts: string;
  /** When it arrived, ms since the epoch. */
  recordedAt: number;
} & Data;

/** What Slack says about a message. Live, repeated and caught-up facts take the same path. */
export type MessageFact =
  | FactOf<"MessageSaid", Wording>
  | FactOf<"MessageEdited", Wording>
  | FactOf<"MessageDeleted", { deletedAt: number; noticed?: boolean }>
  | FactOf<
      "MarkChanged",
      { person: string; kind: string; present: boolean; eventTs: string; noticedAt?: number }
    >
  /** It calls Sitrep by name, and nothing has told of it while it could be carried out. */
  | FactOf<"MentionMissed", object>;

interface Wording {
  author: string;
  text: string;
  threadTs: string | null;
  files: string[];
  editedTs: string;
  recovered?: boolean;
}

/** The record before anything of the message has arrived. */
export const emptyRecord = (fact: MessageFact): MessageRecord => ({
  incident: fact.incident,
  channel: fact.channel,
  ts: fact.ts,
  version: 0,
  said: false,
  author: null,
  threadTs: null,
  files: [],
  revisions: [],
  deletedAt: null,
  deletionNoticed: false,
  recordedAt: fact.recordedAt,
  marks: [],
});

/** Slack's own pin, among the kinds of marks. */
export const pin = "pin";

/** What was noticed is later than the change that it contradicts, and earlier than every other one. */
export const isLater = (one: Mark, other: Mark): boolean =>
  one.eventTs === other.eventTs
    ? (one.noticedAt ?? -Infinity) > (other.noticedAt ?? -Infinity)
    : one.eventTs > other.eventTs;

type Marked = Pick<MessageRecord, "marks" | "deletedAt">;

/** A deleted message bears no marks any more, so that one which is missed there afterwards was not taken back. */
const isPresent = ({ present, noticedAt }: Mark, { deletedAt }: Pick<Marked, "deletedAt">): boolean =>
  present || (deletedAt !== null && noticedAt !== undefined && noticedAt >= deletedAt);

/** A mark is its person's; but a message is pinned once, by whomever, and anybody may take that pin back. */
export const isStanding = (mark: Mark, record: Marked): boolean =>
  isPresent(mark, record) &&
  !(
    mark.kind === pin &&
    record.marks.some((other) => other.kind === pin && !isPresent(other, record) && isLater(other, mark))
  );

export const isMarked = (record: Marked): boolean => record.marks.some((mark) => isStanding(mark, record));

/** The wording that counts, unless nothing of it has arrived or it was deleted. */
export const currentText = (record: MessageRecord): Words | null =>
  record.deletedAt === null ? (record.revisions.at(-1)?.text ?? null) : null;

/** Whether anything that counts of it was found by reading Slack's history, since no event told of it. */
export const isRecovered = (record: MessageRecord): boolean =>
  record.deletionNoticed ||
  record.revisions.at(-1)?.recovered === true ||
  record.marks.some((mark) => isStanding(mark, record) && mark.noticedAt !== undefined);

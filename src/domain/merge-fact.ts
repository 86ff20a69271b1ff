import type { Outgoing } from "./effect.ts";
import { answerMissed, learnPerson, syncReceipt } from "./effect-routing.ts";
import { isLater, isMarked, type Mark, type MessageFact, type MessageRecord } from "./record.ts";
import { mentionsIn, words } from "./words.ts";

/**
 * The record after a fact, whatever came before it and in whatever order. An unchanged record keeps its version. What Slack told
 * takes the place of the same thing noticed.
 */
export function mergeFact(
  before: MessageRecord,
  fact: MessageFact,
): { message: MessageRecord; effects: Outgoing[] } {
  switch (fact.type) {
    case "MessageSaid":
    case "MessageEdited":
      return said(before, fact);
    case "MessageDeleted":
      return deleted(before, fact);
    case "MarkChanged":
      return marked(before, fact);
    case "MentionMissed":
      return {
        message: before,
        effects: [answerMissed(fact.incident, fact.channel, fact.ts, fact.recordedAt)],
      };
    default:
      return fact satisfies never;
  }
}

const changed = (before: MessageRecord, change: Partial<MessageRecord>): MessageRecord => ({
  ...before,
  ...change,
  version: before.version + 1,
});

function said(before: MessageRecord, fact: Extract<MessageFact, { type: "MessageSaid" | "MessageEdited" }>) {
  const { author, threadTs } = fact;
  if (before.deletedAt !== null) {
    // A deletion that overtook its message leaves a tombstone: who wrote is kept, the text must not come back.
    const message = before.said ? before : changed(before, { said: true, author, threadTs });
    return { message, effects: [] };
  }
  const known = before.revisions.find((revision) => revision.editedTs === fact.editedTs);
  if (known) return { message: fact.recovered ? before : heard(before, known), effects: [] };
  const text = words(`message:${fact.channel}:${fact.ts}:${fact.editedTs || "first"}`, fact.text);
  const revision = { editedTs: fact.editedTs, text, ...(fact.recovered && { recovered: true as const }) };
  const revisions = [...before.revisions, revision].toSorted((one, other) =>
    one.editedTs < other.editedTs ? -1 : 1,
  );
  const isLatest = revisions.at(-1)?.text === text;
  const message = changed(before, {
    said: true,
    author,
    threadTs,
    files: isLatest ? fact.files : before.files,
    revisions,
  });
  return {
    message,
    effects: [
      ...[author, ...mentionsIn(fact.text)].map((user) => learnPerson(user, fact.recordedAt)),
      // A mark that came before its message had nothing to give a receipt for.
      ...(!before.said && isMarked(message)
        ? [syncReceipt(fact.incident, fact.channel, fact.ts, "said", fact.recordedAt)]
        : []),
    ],
  };
}

type Revision = MessageRecord["revisions"][number];

/** The event of a wording that was read in the history came after all. */
function heard(before: MessageRecord, { editedTs, text, recovered }: Revision): MessageRecord {
  if (!recovered) return before;
  return changed(before, {
    revisions: before.revisions.map((each) => (each.editedTs === editedTs ? { editedTs, text } : each)),
  });
}

function deleted(before: MessageRecord, fact: Extract<MessageFact, { type: "MessageDeleted" }>) {
  const { deletedAt, noticed = false } = fact;
  if (before.deletedAt !== null) {
    const isBetter =
      noticed === before.deletionNoticed ? deletedAt < before.deletedAt : before.deletionNoticed;
    return {
      message: isBetter ? changed(before, { deletedAt, deletionNoticed: noticed }) : before,
      effects: [],
    };
  }
  const revisions = before.revisions.map((revision) => ({
    ...revision,
    text: { ...revision.text, body: null },
  }));
  return {
    message: changed(before, { deletedAt, deletionNoticed: noticed, files: [], revisions }),
    effects: [],
  };
}

function marked(before: MessageRecord, fact: Extract<MessageFact, { type: "MarkChanged" }>) {
  const { person, kind, present, eventTs, noticedAt } = fact;
  const mark: Mark = { person, kind, present, eventTs, ...(noticedAt !== undefined && { noticedAt }) };
  const isSame = (other: Mark) => other.person === person && other.kind === kind;
  const old = before.marks.find(isSame);
  if (old && !isLater(mark, old)) return { message: before, effects: [] };
  const marks = [...before.marks.filter((other) => !isSame(other)), mark];
  const cause = `${person}:${kind}:${eventTs}${noticedAt === undefined ? "" : `:noticed:${noticedAt}`}`;
  return {
    message: changed(before, { marks }),
    effects: [
      syncReceipt(fact.incident, fact.channel, fact.ts, cause, fact.recordedAt),
      learnPerson(person, fact.recordedAt),
    ],
  };
}

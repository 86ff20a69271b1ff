import type { Outgoing } from "./effect.ts";
import { learnPerson, syncReceipt } from "./effect-routing.ts";
import { isMarked, type Mark, type MessageFact, type MessageRecord } from "./record.ts";
import { mentionsIn, words } from "./words.ts";

/** The record after a fact, whatever came before it and in whatever order. An unchanged record keeps its version. */
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
  if (before.said && before.revisions.some((revision) => revision.editedTs === fact.editedTs))
    return { message: before, effects: [] };
  const text = words(`message:${fact.channel}:${fact.ts}:${fact.editedTs || "first"}`, fact.text);
  const revisions = [...before.revisions, { editedTs: fact.editedTs, text }].toSorted((one, other) =>
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

function deleted(before: MessageRecord, fact: Extract<MessageFact, { type: "MessageDeleted" }>) {
  if (before.deletedAt !== null) return { message: before, effects: [] };
  const revisions = before.revisions.map((revision) => ({
    ...revision,
    text: { ...revision.text, body: null },
  }));
  return { message: changed(before, { deletedAt: fact.deletedAt, files: [], revisions }), effects: [] };
}

function marked(before: MessageRecord, fact: Extract<MessageFact, { type: "MarkChanged" }>) {
  const { person, kind, present, eventTs } = fact;
  const isSame = (mark: Mark) => mark.person === person && mark.kind === kind;
  const old = before.marks.find(isSame);
  if (old && old.eventTs >= eventTs) return { message: before, effects: [] };
  const marks = [...before.marks.filter((mark) => !isSame(mark)), { person, kind, present, eventTs }];
  return {
    message: changed(before, { marks }),
    effects: [
      syncReceipt(fact.incident, fact.channel, fact.ts, `${person}:${kind}:${eventTs}`, fact.recordedAt),
      learnPerson(person, fact.recordedAt),
    ],
  };
}

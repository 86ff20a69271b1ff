import type { CommandNamed } from "../command.ts";
import type { Outgoing } from "../effect.ts";
import { mergeFact } from "../merge-fact.ts";
import { emptyRecord, type MessageRecord } from "../record.ts";

type Declare = CommandNamed<"Declare">;

/**
 * The message that an incident begins with, on its record and marked by whoever declared it: so it stays one entry whatever
 * happens to it in Slack. Only for one that is on no incident's record yet, since a message has one place.
 */
export function firstEntry({
  number,
  source,
  actor,
  at,
}: Declare): { message: MessageRecord; effects: Outgoing[] } | null {
  if (!source) return null;
  const { author, files, text, threadTs, channel, ts } = source;
  const about = { incident: number, channel, ts, recordedAt: at };
  const fact = {
    type: "MessageSaid" as const,
    ...about,
    author: author ?? "",
    text,
    threadTs,
    files,
    editedTs: "",
  };
  const said = mergeFact(emptyRecord(fact), fact);
  const marked = mergeFact(said.message, {
    type: "MarkChanged",
    ...about,
    person: actor.kind === "slack" ? actor.user : "",
    kind: "declared",
    present: true,
    eventTs: ts,
  });
  return {
    message: { ...marked.message, author },
    // It stands in somebody else's channel: no receipt is set there.
    effects: [...said.effects, ...marked.effects].filter(
      ({ effect }) => effect.type === "LearnPerson" && effect.user !== "",
    ),
  };
}

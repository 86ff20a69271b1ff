import type { KeyEntry } from "./command.ts";
import type { Incident } from "./incident.ts";
import { currentText, type MessageRecord } from "./record.ts";
import { instantOfTs } from "./time.ts";

/** What people put on the timeline themselves: entries they logged and messages they marked, in the order it happened. */
export function keyEntries(incident: Incident, marked: readonly MessageRecord[]): KeyEntry[] {
  const logged = incident.entries
    .filter((entry) => !entry.hidden)
    .map((entry): KeyEntry => ({ at: entry.at, text: entry.text, from: "log entry" }));
  const messages = marked.flatMap((message): KeyEntry[] => {
    const text = currentText(message);
    return text ? [{ at: instantOfTs(message.ts), text, from: "message", ts: message.ts }] : [];
  });
  return [...logged, ...messages].toSorted((one, other) => one.at - other.at);
}

import type { Incident } from "../incident.ts";
import { actorName } from "../actor.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import { escapeText } from "../words.ts";
import type { AsksEvent } from "./events.ts";

/** Key entries that reach the post-mortem: what came of an ask. */
export function entriesOfAsks(incident: Incident, event: AsksEvent, recordedAt: number): TimelineEntry[] {
  const { at, actor: by } = event;
  switch (event.type) {
    case "AskDone": {
      const ask = incident.asks.find(({ id }) => id === event.data.ask);
      if (!ask) return [];
      const who = by.kind === "cli" ? escapeText(by.user) : actorName(by, (user) => `<@${user}>`);
      const isOwn = by.kind === "slack" && by.user === ask.to;
      const said = isOwn ? `${who} did what was asked: ` : `<@${ask.to}> did what was asked, says ${who}: `;
      return [
        {
          kind: "told",
          at,
          recordedAt,
          by,
          parts: [said, ask.text, ...(event.data.result ? [" Result: ", event.data.result] : [])],
        },
      ];
    }
    case "Asked":
    case "AskAnswered":
    case "AskTaken":
    case "AskChased":
      return [];
    default:
      return event satisfies never;
  }
}

import { type Decision, noted } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import type { AccessCommand } from "./commands.ts";
import type { Loss } from "./state.ts";

/** What Slack tells of the channel, late, twice or out of order: only what is news becomes an event. */
export function decideAccess(state: Incident, command: AccessCommand): Decision {
  const { at, actor, channel, seen, needed = false, since = null } = command;
  if (state.channel?.id !== channel) return noted([]);
  const { name: from } = state.channel;
  const { name: to = from, closed = state.access.closed, lost } = seen;
  const by = { at, actor };
  return noted([
    ...(to === from ? [] : [{ type: "ChannelRenamed" as const, ...by, data: { from, to } }]),
    ...(closed === state.access.closed
      ? []
      : [{ type: "ChannelConverted" as const, ...by, data: { closed } }]),
    ...(lost === undefined
      ? []
      : lost === null
        ? regained(state, by)
        : lostTo(state, by, { why: lost, needed, since }, closed)),
  ]);
}

type By = Pick<IncidentEvent, "at" | "actor">;

function regained({ access: { lost } }: Incident, by: By): IncidentEvent[] {
  if (!lost) return [];
  const type = lost.why === "archived" ? "ChannelUnarchived" : "ChannelFound";
  return [{ type, ...by, data: {} }];
}

interface Lost {
  why: Loss;
  needed: boolean;
  since: number | null;
}

function lostTo(
  { access: { lost, regained } }: Incident,
  by: By,
  now: Lost,
  closed: boolean,
): IncidentEvent[] {
  const { needed, since } = now;
  // Slack tells a removal by two events: the later one comes when Sitrep may be back already. If it is not, a look tells.
  const isOver = !lost && since !== null && regained?.why === now.why && since <= regained.at;
  if (isOver) return [];
  const isKnown = lost && (lost.why === now.why || (now.why === "unseen" && explains(lost.why, closed)));
  if (isKnown && (lost.needed || !needed)) return [];
  const why = isKnown ? lost.why : now.why;
  return [
    why === "archived"
      ? { type: "ChannelArchived", ...by, data: { needed } }
      : { type: "ChannelLost", ...by, data: { why, needed, since } },
  ];
}

/** Why Slack answers as if there were no such channel. */
const explains = (why: Loss, closed: boolean): boolean => why === "deleted" || (why === "removed" && closed);

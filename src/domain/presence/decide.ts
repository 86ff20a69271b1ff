import { bot } from "../actor.ts";
import { type Decision, noted } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { PresenceCommand } from "./commands.ts";

const minute = 60_000;
/** Whoever comes earlier has missed nothing. */
const briefAfter = 3 * minute;
const briefEvery = 60 * minute;
const mostRecent = 3;

export function decidePresence(rules: Rules, state: Incident, command: PresenceCommand): Decision {
  const { at, actor, user } = command;
  const { members, left } = state.presence;
  const isThere = members[user] !== undefined;
  const { since = at } = command;
  switch (command.type) {
    case "NoteMemberJoined": {
      if (since < (left[user] ?? since)) return noted([]);
      const joined: IncidentEvent[] = isThere
        ? []
        : [{ type: "MemberJoined", at, actor, data: { user, since } }];
      if (!wantsBrief(rules, state, user, at)) return noted(joined);
      const recent = command.keyEntries.slice(-mostRecent).map(({ at: then, text }) => ({ at: then, text }));
      return noted([...joined, { type: "MemberBriefed", at, actor: bot, data: { user, recent } }]);
    }
    case "NoteMemberLeft":
      return noted(
        since >= Math.max(members[user] ?? since, (left[user] ?? 0) + 1)
          ? [{ type: "MemberLeft", at, actor, data: { user, since } }]
          : [],
      );
    default:
      return command satisfies never;
  }
}

function wantsBrief({ timeline }: Rules, state: Incident, user: string, at: number): boolean {
  const last = state.presence.briefed[user];
  return (
    timeline.joinBrief &&
    isOpen(state) &&
    at >= state.declaredAt + briefAfter &&
    (last === undefined || at >= last.at + briefEvery)
  );
}

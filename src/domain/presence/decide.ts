import { bot, slackUser } from "../actor.ts";
import type { CommandNamed } from "../command.ts";
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
  switch (command.type) {
    case "NoteMemberJoined":
      return noted(joinedBy(rules, state, { ...command, isTold: command.since !== undefined }));
    case "NoteMemberLeft":
      return noted(leftBy(state, command));
    case "CompareMembers": {
      const { at, since, keyEntries } = command;
      const by = (user: string) => ({ at, actor: slackUser(user), user, since });
      return noted([
        ...command.joined.flatMap((user) =>
          joinedBy(rules, state, { ...by(user), keyEntries, isTold: false }),
        ),
        ...command.left
          .filter((user) => state.presence.members[user] !== undefined)
          .flatMap((user) => leftBy(state, by(user))),
      ]);
    }
    default:
      return command satisfies never;
  }
}

type Moved = Pick<CommandNamed<"NoteMemberLeft">, "at" | "actor" | "user" | "since">;

function joinedBy(
  rules: Rules,
  state: Incident,
  {
    at,
    actor,
    user,
    since = at,
    keyEntries,
    isTold,
  }: Moved &
    Pick<CommandNamed<"NoteMemberJoined">, "keyEntries"> & {
      /** When it was, by Slack: not only that it is so. */
      isTold: boolean;
    },
): IncidentEvent[] {
  const { members, left } = state.presence;
  if (since < (left[user] ?? since)) return [];
  // Who is told to have come twice has left in between, which Slack has yet to tell.
  const isNews = since > (members[user] ?? Number.NEGATIVE_INFINITY);
  const joined: IncidentEvent[] =
    members[user] === undefined || (isTold && isNews)
      ? [{ type: "MemberJoined", at, actor, data: { user, since } }]
      : [];
  if (!wantsBrief(rules, state, user, at)) return joined;
  const recent = keyEntries.slice(-mostRecent).map(({ at: then, text }) => ({ at: then, text }));
  return [...joined, { type: "MemberBriefed", at, actor: bot, data: { user, recent } }];
}

function leftBy({ presence }: Incident, { at, actor, user, since = at }: Moved): IncidentEvent[] {
  const { members, left } = presence;
  return since >= Math.max(members[user] ?? since, (left[user] ?? 0) + 1)
    ? [{ type: "MemberLeft", at, actor, data: { user, since } }]
    : [];
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

import { actorName } from "../actor.ts";
import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import { escapeText } from "../words.ts";
import type { RolesEvent } from "./events.ts";

/** Key entries that reach the post-mortem: who led. */
export function entriesOfRoles(_incident: Incident, event: RolesEvent, recordedAt: number): TimelineEntry[] {
  const { at, actor: by } = event;
  switch (event.type) {
    case "RoleTaken":
      return event.data.role === "commander"
        ? [{ kind: "told", at, recordedAt, by, parts: [commandTold(event.data)] }]
        : [];
    case "RoleDeclined": {
      if (event.data.role !== "commander") return [];
      const { user, backTo } = event.data;
      const then = backTo === null ? "nobody leads" : `<@${backTo}> leads again`;
      return [{ kind: "told", at, recordedAt, by, parts: [`<@${user}> gave command back: ${then}`] }];
    }
    case "CommandOffered":
    case "CommandOfferEnded":
    case "CommandVacant":
    case "CommanderReminded":
    case "CommanderStillMissing":
      return [];
    default:
      return event satisfies never;
  }
}

function commandTold({
  user,
  from,
  givenBy,
  how,
}: Extract<RolesEvent, { type: "RoleTaken" }>["data"]): string {
  // Whoever gives command away was not taken it from.
  if (how === "given" && givenBy.kind === "slack" && givenBy.user === from)
    return `<@${from}> made <@${user}> the commander`;
  const was = from === null ? "" : ` from <@${from}>`;
  const giver = givenBy.kind === "cli" ? escapeText(givenBy.user) : actorName(givenBy, (id) => `<@${id}>`);
  return `<@${user}> took command${was}${how === "given" ? `, named by ${giver}` : ""}`;
}

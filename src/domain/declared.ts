import { undisturbed } from "./access/state.ts";
import { nobodyDeparted } from "./departures/state.ts";
import { noActionItems } from "./action-items/state.ts";
import { noAsks } from "./asks/state.ts";
import { notAssessed } from "./assessment/state.ts";
import { nobodyTold } from "./audiences/state.ts";
import { nothingCorrected } from "./corrections/state.ts";
import { notEnded } from "./ending/state.ts";
import { nobodyCalled } from "./escalation/state.ts";
import { nothingTried } from "./mitigation/state.ts";
import { justOpening } from "./opening/state.ts";
import { nobodyThere } from "./presence/state.ts";
import { noRoles } from "./roles/state.ts";
import { noRunbooks } from "./runbooks/state.ts";
import type { EventOf } from "./event.ts";
import type { Incident } from "./incident.ts";

/** An incident as its declaration makes it: nothing of any part has happened yet. */
export function declared({ at, actor, data }: EventOf<"IncidentDeclared">): Incident {
  const started = { at, assumed: true };
  const first = {
    n: 1,
    at,
    by: actor,
    lines: {
      status: "INVESTIGATING" as const,
      impact: data.impact,
      started,
      currentAction: null,
      nextUpdate: data.nextUpdate,
    },
    template: data.template,
    automaticSince: null,
    final: false,
  };
  return {
    number: data.number,
    version: 1,
    title: data.title,
    status: "INVESTIGATING",
    severity: data.severity,
    provisional: data.provisional,
    private: data.private,
    drill: data.drill,
    services: data.services,
    declaredAt: at,
    declaredBy: actor,
    started,
    impact: data.impact,
    currentAction: null,
    announce: data.announce,
    channelName: data.channelName,
    channel: null,
    here: data.here ?? null,
    posts: {},
    updates: [first],
    nextDue: data.nextUpdate,
    reminder: null,
    snoozes: 0,
    automaticInRow: 0,
    pausedSince: null,
    entries: [],
    renames: [],
    resolved: null,
    sections: {},
    copies: {},
    troubles: [],
    outages: [],
    late: {},
    roles: noRoles,
    asks: noAsks,
    assessment: notAssessed,
    mitigation: nothingTried,
    escalation: nobodyCalled,
    runbooks: noRunbooks,
    corrections: nothingCorrected,
    ending: notEnded,
    actionItems: noActionItems,
    audiences: nobodyTold,
    presence: nobodyThere,
    opening: justOpening,
    access: undisturbed,
    departed: nobodyDeparted,
  };
}

import type { ActionItem } from "../../domain/action-items/state.ts";
import { type Ask, isPending } from "../../domain/asks/state.ts";
import { type Incident, isOpen } from "../../domain/incident.ts";
import { type Role, roles } from "../../domain/vocab.ts";

/** What waits on one person, of one incident. */
export interface Waiting {
  incident: Incident;
  roles: Role[];
  asks: Ask[];
  /** Whoever leads or speaks for it owes an update since then. */
  overdueSince: number | null;
  /** The reminder mentions them. */
  reminded: boolean;
  actionItems: ActionItem[];
  /** They write its post-mortem, which is not published yet. */
  postmortem: boolean;
}

/** Newest incident first; those of which nothing waits are left out. */
export const waitingOn = (user: string, incidents: readonly Incident[], now: number): Waiting[] =>
  incidents.map((incident) => waitingIn(user, incident, now)).filter(waits);

function waitingIn(user: string, incident: Incident, now: number): Waiting {
  const { nextDue, reminder, pausedSince, ending } = incident;
  const held = incident.roles.held;
  const live = isOpen(incident);
  const speaks = [held.commsLead?.user, held.commander?.user].find((each) => each !== undefined);
  const reminded = live && reminder?.to === user;
  const owes = live && (speaks === user || reminded);
  const due = pausedSince ?? (nextDue !== null && nextDue <= now ? nextDue : null);
  return {
    incident,
    roles: live ? roles.filter((role) => held[role]?.user === user) : [],
    asks: live ? incident.asks.filter((ask) => ask.to === user && isPending(ask)) : [],
    overdueSince: owes ? due : null,
    reminded,
    actionItems: incident.actionItems.filter(
      ({ owner, done, dropped }) => owner === user && !done && !dropped,
    ),
    postmortem:
      incident.resolved !== null &&
      ending.postmortem.owner === user &&
      !ending.postmortem.published &&
      !ending.postmortem.waived,
  };
}

const waits = ({ roles: held, asks, overdueSince, actionItems, postmortem }: Waiting): boolean =>
  held.length > 0 || asks.length > 0 || overdueSince !== null || actionItems.length > 0 || postmortem;

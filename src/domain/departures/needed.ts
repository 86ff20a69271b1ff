import { isItemOpen } from "../ending/missing.ts";
import { isPending } from "../asks/state.ts";
import { type Incident, isOpen } from "../incident.ts";
import { type Role, roles } from "../vocab.ts";

/** What an incident expects of a person. */
export interface Expected {
  roles: Role[];
  /** Ids of asks and of action items. */
  asks: string[];
  items: string[];
  postmortem: boolean;
}

export function expectedOf(state: Incident, user: string): Expected {
  const isLive = isOpen(state);
  const { owner, published, waived } = state.ending.postmortem;
  return {
    roles: isLive ? roles.filter((role) => state.roles.held[role]?.user === user) : [],
    asks: isLive ? state.asks.filter((ask) => ask.to === user && isPending(ask)).map(({ id }) => id) : [],
    items: state.actionItems.filter((item) => item.owner === user && isItemOpen(item)).map(({ id }) => id),
    postmortem: owner === user && !published && !waived,
  };
}

export const isExpected = (expected: Expected): boolean =>
  expected.roles.length > 0 || expected.asks.length > 0 || expected.items.length > 0 || expected.postmortem;

/** Everybody without whom something would be left undone, and who is gone already. */
export function peopleNeeded(state: Incident): string[] {
  const { declaredBy, asks, actionItems, ending, departed } = state;
  const all = [
    ...Object.values(state.roles.held).map(({ user }) => user),
    ...asks.map(({ to }) => to),
    ...actionItems.map(({ owner }) => owner),
    ending.postmortem.owner,
  ];
  const wanted = all.filter((user) => user !== null && isExpected(expectedOf(state, user)));
  const declarer = declaredBy.kind === "slack" ? [declaredBy.user] : [];
  return [...new Set([...wanted, ...declarer, ...Object.keys(departed)])].filter((user) => user !== null);
}

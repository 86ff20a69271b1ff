import type { Actor } from "../actor.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import type { Role } from "../vocab.ts";
import { isRolesEvent, type RolesEvent } from "./events.ts";
import type { RoleChange, Roles } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveRoles(state: Incident, event: IncidentEvent): Partial<Incident> {
  if (event.type === "PersonGone") return { roles: left(state, event) };
  return isRolesEvent(event) ? { roles: { ...state.roles, ...changeBy(state, event) } } : {};
}

function left({ roles, version }: Incident, { at, actor, data }: EventOf<"PersonGone">): Roles {
  const changes = data.roles.map((role) => ({
    version: version + 1,
    at,
    role,
    from: data.user,
    to: null,
    by: actor,
    how: "gone" as const,
  }));
  const held = Object.fromEntries(Object.entries(roles.held).filter(([, { user }]) => user !== data.user));
  return { ...roles, held, changes: [...roles.changes, ...changes] };
}

function changeBy(state: Incident, event: RolesEvent): Partial<Roles> {
  const { roles } = state;
  const { at, actor } = event;
  const version = state.version + 1;
  switch (event.type) {
    case "RoleTaken":
      return taken(state, event);
    case "RoleDeclined": {
      const { role, user, backTo, giver } = event.data;
      const change = { version, at, role, from: user, to: backTo, by: actor, how: "declined" as const };
      return {
        held: heldBy(roles, role, backTo, at, giver),
        changes: [...roles.changes, change],
      };
    }
    case "CommandOffered":
      return { offers: [...roles.offers, { id: version, to: event.data.to, by: actor, at, ended: null }] };
    case "CommandOfferEnded": {
      const { offer: id, how } = event.data;
      return {
        offers: roles.offers.map((offer) => (offer.id === id ? { ...offer, ended: { how, at } } : offer)),
      };
    }
    case "CommandVacant":
      return { vacantSince: at };
    case "CommanderReminded":
      return { remindedAt: at };
    case "CommanderStillMissing":
      return {};
    default:
      return event satisfies never;
  }
}

function taken({ version, roles }: Incident, { at, data }: EventOf<"RoleTaken">): Partial<Roles> {
  const { role, user, givenBy, from, how } = data;
  const change: RoleChange = { version: version + 1, at, role, from, to: user, by: givenBy, how };
  return {
    held: heldBy(roles, role, user, at, givenBy),
    changes: [...roles.changes, change],
    ...(role === "commander" ? { firstCommandAt: roles.firstCommandAt ?? at, vacantSince: null } : {}),
  };
}

function heldBy(
  { held }: Roles,
  role: Role,
  user: string | null,
  since: number,
  givenBy: Actor,
): Roles["held"] {
  const { [role]: _, ...others } = held;
  return user === null ? others : { ...others, [role]: { user, since, givenBy } };
}

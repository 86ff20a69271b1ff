import { bot } from "../actor.ts";
import { type Decision, noted } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { liveOffer } from "../roles/state.ts";
import { commandVacant } from "../roles/vacant.ts";
import type { Rules } from "../rules.ts";
import type { DeparturesCommand } from "./commands.ts";
import { expectedOf } from "./needed.ts";

/** Whoever is gone holds no role any more: nobody would answer in it. What was asked of them stays, for others to take. */
export function decideDepartures(rules: Rules, state: Incident, command: DeparturesCommand): Decision {
  const { at, actor, user, gone } = command;
  const isKnown = state.departed[user] !== undefined;
  if (gone === isKnown) return noted([]);
  if (!gone) return noted([{ type: "PersonBack", at, actor, data: { user } }]);
  const { roles } = expectedOf(state, user);
  const offer = liveOffer(state.roles);
  const isOffer = offer && (offer.to === user || roles.includes("commander"));
  const ended: IncidentEvent[] = isOffer
    ? [{ type: "CommandOfferEnded", at, actor: bot, data: { offer: offer.id, how: "withdrawn" } }]
    : [];
  return noted([
    ...ended,
    { type: "PersonGone", at, actor, data: { user, roles } },
    ...(roles.includes("commander") ? [commandVacant(rules, at)] : []),
  ]);
}

import { bot } from "../actor.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { heldBack } from "../presence/quiet.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { roleNames } from "../vocab.ts";
import type { RolesCommand, RolesCommandNamed } from "./commands.ts";
import { holderOf, liveOffer, type RoleChange } from "./state.ts";
import { commandVacant } from "./vacant.ts";

export function decideRoles(rules: Rules, state: Incident, command: RolesCommand): Decision {
  switch (command.type) {
    case "GiveRole":
      return giveRole(rules, state, command);
    case "DeclineRole":
      return declineRole(rules, state, command);
    case "OfferCommand":
      return offerCommand(state, command);
    case "AnswerOffer":
      return answerOffer(rules, state, command);
    case "RemindCommander":
      return remindCommander(rules, state, command);
    case "EscalateCommander":
      return escalateCommander(state, command);
    default:
      return command satisfies never;
  }
}

function giveRole(rules: Rules, state: Incident, command: RolesCommandNamed<"GiveRole">): Decision {
  const { at, actor, role, to } = command;
  if (!isOpen(state)) return ended(state, "its roles stay as they were");
  const isSelf = actor.kind === "slack" && actor.user === to;
  const held = state.roles.held[role];
  const from = held?.user ?? null;
  if (from === to)
    return refuse(
      "has_role",
      `${isSelf ? "You are" : `<@${to}> is`} ${roleNames[role]} of ${reference(state)} already.`,
      "to",
    );
  // Whoever leads gives it away as she likes; nobody else takes it from her without having seen that she has it.
  const isOwn = actor.kind === "slack" && actor.user === from;
  if (role === "commander" && held && !isOwn && command.from !== held.user)
    return refuse(
      "held",
      `<@${held.user}> leads ${reference(state)} since ${formatClock(held.since, rules.timezone, at)}, so nothing was changed yet. Taking command is announced in its channel.`,
      "to",
    );
  const how = isSelf ? "claimed" : "given";
  const taken: IncidentEvent = {
    type: "RoleTaken",
    at,
    actor,
    data: { role, user: to, givenBy: actor, from, how },
  };
  const offer = role === "commander" ? liveOffer(state.roles) : undefined;
  const sentence = isSelf
    ? `You are ${roleNames[role]} of ${reference(state)}.`
    : `<@${to}> is ${roleNames[role]} of ${reference(state)}, and is told so.`;
  return said([...(offer ? [offerEnded(command, offer.id, "withdrawn")] : []), taken], state, sentence);
}

function declineRole(rules: Rules, state: Incident, command: RolesCommandNamed<"DeclineRole">): Decision {
  const { at, actor } = command;
  const change = state.roles.changes.find(({ version }) => version === command.change);
  if (!change?.to) return refuse("no_such_role", "That role is not on record.");
  const { role, to: user } = change;
  if (!isOpen(state)) return ended(state, "its roles stay as they were");
  if (actor.kind !== "slack" || actor.user !== user)
    return refuse("not_yours", `That role was given to <@${user}>, so only they can give it back.`);
  if (!isCurrent(state, change))
    return refuse("not_held", `You are not ${roleNames[role]} of ${reference(state)} any more.`);
  const backTo = change.from;
  const declined: IncidentEvent = {
    type: "RoleDeclined",
    at,
    actor,
    data: { role, change: change.version, user, backTo, giver: change.by },
  };
  const isCommand = role === "commander";
  const offer = isCommand ? liveOffer(state.roles) : undefined;
  const who = backTo === null ? "nobody has it now" : `<@${backTo}> has it again`;
  return said(
    [
      ...(offer ? [offerEnded(command, offer.id, "withdrawn")] : []),
      declined,
      ...(isCommand && backTo === null ? [commandVacant(rules, at)] : []),
    ],
    state,
    `You are not ${roleNames[role]} of ${reference(state)}: ${who}, and the channel is told.`,
  );
}

/** Nothing about the role has changed since. */
const isCurrent = ({ roles }: Incident, change: RoleChange): boolean =>
  roles.changes.findLast(({ role }) => role === change.role)?.version === change.version;

function offerCommand(state: Incident, command: RolesCommandNamed<"OfferCommand">): Decision {
  const { at, actor, to } = command;
  if (!isOpen(state)) return ended(state, "there is no command to hand over");
  const commander = holderOf(state.roles, "commander");
  if (commander === undefined)
    return refuse(
      "no_commander",
      `Nobody leads ${reference(state)}, so there is nothing to hand over. “lead” with a name makes somebody the commander.`,
      "to",
    );
  if (actor.kind === "slack" && actor.user !== commander)
    return refuse(
      "not_commander",
      `<@${commander}> leads ${reference(state)}, so only they can hand it over. “lead” takes command.`,
      "to",
    );
  if (to === commander) return refuse("has_role", `<@${to}> leads ${reference(state)} already.`, "to");
  const before = liveOffer(state.roles);
  return said(
    [
      ...(before ? [offerEnded(command, before.id, "withdrawn")] : []),
      { type: "CommandOffered", at, actor, data: { to } },
    ],
    state,
    `Command of ${reference(state)} is offered to <@${to}>, with a brief in the channel. It moves when they accept; until then <@${commander}> leads.`,
  );
}

function answerOffer(rules: Rules, state: Incident, command: RolesCommandNamed<"AnswerOffer">): Decision {
  const { at, actor, accept } = command;
  if (!isOpen(state)) return ended(state, "there is no command to hand over");
  const offer = state.roles.offers.find(({ id }) => id === command.offer);
  if (!offer) return refuse("no_such_offer", "That handover is not on record.");
  if (actor.kind !== "slack" || actor.user !== offer.to)
    return refuse("not_yours", `Command was offered to <@${offer.to}>, so only they can answer.`);
  if (offer.ended) {
    const when = formatClock(offer.ended.at, rules.timezone, at);
    return refuse("offer_ended", `That handover is done with: it was ${offer.ended.how} at ${when}.`);
  }
  if (!accept)
    return said(
      [offerEnded(command, offer.id, "declined")],
      state,
      `You declined command of ${reference(state)}.`,
    );
  const from = holderOf(state.roles, "commander") ?? null;
  const data = { role: "commander", user: offer.to, givenBy: offer.by, from, how: "handover" } as const;
  return said(
    [offerEnded(command, offer.id, "accepted"), { type: "RoleTaken", at, actor, data }],
    state,
    `You lead ${reference(state)}.`,
  );
}

const offerEnded = (
  { at, actor }: Pick<IncidentEvent, "at" | "actor">,
  offer: number,
  how: "accepted" | "declined" | "withdrawn",
): IncidentEvent => ({ type: "CommandOfferEnded", at, actor, data: { offer, how } });

function remindCommander(
  rules: Rules,
  state: Incident,
  command: RolesCommandNamed<"RemindCommander">,
): Decision {
  const { type, at, incident, since } = command;
  const { remindedAt } = state.roles;
  if (!isVacant(state, since) || (remindedAt !== null && remindedAt >= since)) return satisfied;
  const later = heldBack(rules, state, { type, incident, since }, command);
  return noted([later ?? { type: "CommanderReminded", at, actor: bot, data: { since } }]);
}

/** A call for help, so it waits for no other prompt. */
function escalateCommander(state: Incident, { at, since }: RolesCommandNamed<"EscalateCommander">): Decision {
  if (!isVacant(state, since)) return satisfied;
  return noted([{ type: "CommanderStillMissing", at, actor: bot, data: { since } }]);
}

const isVacant = (state: Incident, since: number): boolean =>
  isOpen(state) && holderOf(state.roles, "commander") === undefined && state.roles.vacantSince === since;

const satisfied = refuse("satisfied", "Somebody leads, or the incident has ended.");

const ended = (state: Incident, so: string): Decision =>
  refuse("ended", `${reference(state)} is ${state.status}, so ${so}. “reopen” takes it up again.`);

import { bot, slackUser } from "../actor.ts";
import type { Command } from "../command.ts";
import { channelName } from "../decide/declare.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { evolve } from "../evolve.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { speaksOutside } from "../policy/visibility.ts";
import { mostSimilar } from "../policy/similar.ts";
import type { Rules } from "../rules.ts";
import { instantOfTs } from "../time.ts";
import { isWorse } from "../vocab.ts";
import { words } from "../words.ts";
import type { OpeningCommand } from "./commands.ts";
import type { SourceMessage } from "./source.ts";

export function decideOpening(rules: Rules, state: Incident, command: OpeningCommand): Decision {
  const { at, actor } = command;
  switch (command.type) {
    case "DismissSimilar": {
      const { similar } = state.opening;
      if (similar?.of !== command.of || similar.dismissed)
        return refuse(
          "answered",
          `That was answered already: ${reference(state)} stays an incident of its own.`,
        );
      return said(
        [{ type: "SimilarDismissed", at, actor, data: { of: command.of } }],
        state,
        `${reference(state)} stays an incident of its own.`,
      );
    }
    case "RetryChannel":
      return retryChannel(rules, state, command);
    case "NoteInvitesRefused": {
      const known = new Set(state.opening.uninvited.map(({ user }) => user));
      const refused = command.refused.filter(({ user }) => !known.has(user));
      return noted(refused.length === 0 ? [] : [{ type: "InvitesRefused", at, actor, data: { refused } }]);
    }
    default:
      return command satisfies never;
  }
}

function retryChannel(
  rules: Rules,
  state: Incident,
  { at, actor }: Extract<OpeningCommand, { type: "RetryChannel" }>,
): Decision {
  const name = reference(state);
  if (state.channel) return refuse("channel_there", `${name} has its channel: <#${state.channel.id}>.`);
  if (!isOpen(state)) return refuse("over", `${name} is over, so no channel is opened for it any more.`);
  if (state.opening.channelRefused === null)
    return refuse("channel_coming", `Slack is being asked for the channel of ${name} just now.`);
  const { number, severity, title, declaredAt } = state;
  // The naming may have been changed since, because of the refusal.
  const wanted = channelName(rules, { number, severity, at: declaredAt, title: title.body ?? "" });
  return said(
    [{ type: "ChannelAskedAgain", at, actor, data: { name: wanted } }],
    state,
    `Slack is being asked again for the channel of ${name}.`,
  );
}

/** What follows from a command whatever it was: who belongs into the channel now, and what a declaration is like. */
export function withOpening(
  rules: Rules,
  before: Incident | undefined,
  command: Command,
  decision: Decision,
): Decision {
  if ("refusal" in decision || decision.events.length === 0) return decision;
  const after = decision.events.reduce<Incident | undefined>(evolve, before);
  if (!after) return decision;
  const events = [
    ...decision.events,
    ...declaredWith(after, command),
    ...invited(rules, before, after, command),
  ];
  return { ...decision, events };
}

function declaredWith(after: Incident, command: Command): IncidentEvent[] {
  if (command.type !== "Declare") return [];
  const { at, actor, declaredIn, source, sourceTaken = false, others = [] } = command;
  const similar = mostSimilar(after, others);
  return [
    ...(declaredIn === undefined
      ? []
      : [{ type: "DeclaredIn" as const, at, actor, data: { channel: declaredIn } }]),
    ...(source && sourceTaken ? [loggedSource(after, source)] : []),
    ...(similar ? [{ type: "SimilarFound" as const, at, actor, data: similar }] : []),
  ];
}

/** A message that is on another incident's record already is copied, with its author and time. */
const loggedSource = (
  { number, declaredAt: at }: Incident,
  { channel, ts, text, author }: SourceMessage,
): IncidentEvent => ({
  type: "EntryLogged",
  at,
  actor: author === null ? bot : slackUser(author),
  data: {
    entry: `source:${ts}`,
    happenedAt: instantOfTs(ts),
    text: words(`source:${number}:${channel}:${ts}`, text),
  },
});

/** People of a private incident are called by direct message only; a drill invites nobody. */
function invited(
  { severities, services }: Rules,
  before: Incident | undefined,
  after: Incident,
  { at, actor }: Command,
): IncidentEvent[] {
  if (!speaksOutside(after) || !isOpen(after)) return [];
  const isRaised = !before || isWorse(after.severity, before.severity);
  const affected = after.services.filter((service) => !before?.services.includes(service));
  const declarer = after.declaredBy.kind === "slack" ? after.declaredBy.user : null;
  const wanted = [
    ...(isRaised ? severities[after.severity].invite : []),
    ...affected.flatMap((service) => services[service]?.owners ?? []),
  ];
  const users = [...new Set(wanted)].filter(
    (user) => user !== declarer && !after.opening.invited.includes(user),
  );
  return users.length === 0 ? [] : [{ type: "RespondersInvited", at, actor, data: { users } }];
}

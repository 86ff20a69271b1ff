import { channelName } from "../decide/declare.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import type { OpeningCommand } from "./commands.ts";

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
  const { lost } = state.access;
  if (state.channel && (!lost || lost.why === "archived"))
    return refuse("channel_there", `${name} has its channel: <#${state.channel.id}>.`);
  if (!isOpen(state)) return refuse("over", `${name} is over, so no channel is opened for it any more.`);
  if (lost ? lost.asked : state.opening.channelRefused === null)
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

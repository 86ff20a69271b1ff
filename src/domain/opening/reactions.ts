import { bot, slackUser } from "../actor.ts";
import type { Command } from "../command.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { speaksOutside } from "../policy/visibility.ts";
import { mostSimilar } from "../policy/similar.ts";
import type { Happened } from "../reaction.ts";
import type { Rules } from "../rules.ts";
import { instantOfTs } from "../time.ts";
import { isWorse } from "../vocab.ts";
import { words } from "../words.ts";
import type { SourceMessage } from "./source.ts";

/** Who belongs into the channel now, and what a declaration is like. */
export const openingReactions = (rules: Rules, { command, before, after }: Happened): IncidentEvent[] => [
  ...declaredWith(after, command),
  ...invited(rules, before, after, command),
];

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

/** People of a private incident are called by direct message only, a drill calls nobody: but for whom its declarer names. */
function invited(
  rules: Rules,
  before: Incident | undefined,
  after: Incident,
  command: Command,
): IncidentEvent[] {
  const { at, actor } = command;
  if (!isOpen(after)) return [];
  const asked = command.type === "Declare" ? (command.invite ?? []) : [];
  const declarer = after.declaredBy.kind === "slack" ? after.declaredBy.user : null;
  const wanted = [...asked, ...(speaksOutside(after) ? configured(rules, before, after) : [])];
  const users = [...new Set(wanted)].filter(
    (user) => user !== declarer && !after.opening.invited.includes(user),
  );
  return users.length === 0 ? [] : [{ type: "RespondersInvited", at, actor, data: { users } }];
}

function configured(
  { severities, services }: Rules,
  before: Incident | undefined,
  after: Incident,
): string[] {
  const isRaised = !before || isWorse(after.severity, before.severity);
  const affected = after.services.filter((service) => !before?.services.includes(service));
  return [
    ...(isRaised ? severities[after.severity].invite : []),
    ...affected.flatMap((service) => services[service]?.owners ?? []),
  ];
}

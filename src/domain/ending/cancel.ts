import type { CommandNamed } from "../command.ts";
import { changePublished } from "../decide/publish.ts";
import { howItEnded } from "../decide/over.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { isBlank, type Words } from "../words.ts";

/** A false alarm: every clock stops, and nothing of it counts. Also for one that was resolved before anybody knew. */
export function cancel(rules: Rules, state: Incident, command: CommandNamed<"Cancel">): Decision {
  const { at, reason } = command;
  if (state.status === "CANCELLED") return refuse("cancelled", `${howItEnded(rules, state, at)} already.`);
  if (reason.body === null || isBlank(reason.body))
    return refuse(
      "no_reason",
      `Why is ${reference(state)} no incident? Cancelling asks for a reason.`,
      "reason",
    );
  return said(
    cancelled(rules, state, command, { reason, same: null }),
    state,
    `*${reference(state)}* is CANCELLED: its clocks are stopped, and it counts in no statistic.`,
  );
}

/** The same as another incident, which goes on. */
export function markDuplicate(
  rules: Rules,
  state: Incident,
  command: CommandNamed<"MarkDuplicate">,
): Decision {
  const { at, of, other } = command;
  if (state.status === "CANCELLED") return refuse("cancelled", `${howItEnded(rules, state, at)} already.`);
  if (of === state.number)
    return refuse("same_incident", `${reference(of)} is this very incident: name the other one.`, "of");
  // A public channel would tell of the private one.
  if (!other || (other.private && !state.private))
    return refuse("no_such_incident", `There is no ${reference(of)}.`, "of");
  if (other.duplicateOf !== null)
    return refuse(
      "duplicate_itself",
      other.duplicateOf === state.number
        ? `${reference(of)} was cancelled as the same as this one already.`
        : `${reference(of)} was itself cancelled as the same as ${reference(other.duplicateOf)}: name that one.`,
      "of",
    );
  const same = { number: other.number, channel: other.channel };
  return said(
    cancelled(rules, state, command, { reason: null, same }),
    state,
    `*${reference(state)}* is CANCELLED as the same as ${reference(of)}. Its timeline stays.`,
  );
}

function cancelled(
  rules: Rules,
  state: Incident,
  { at, actor }: Pick<IncidentEvent, "at" | "actor">,
  { reason, same }: { reason: Words | null; same: { number: number; channel: string | null } | null },
): IncidentEvent[] {
  const { status: from } = state;
  const change = { kind: "cancelled" as const, from, reason, duplicateOf: same?.number ?? null };
  return [
    { type: "IncidentCancelled", at, actor, data: { from, reason, same } },
    changePublished(rules, state, { at, actor }, change, null),
  ];
}

/** The other incident learns of it; said twice, it changes nothing. */
export function noteDuplicate(state: Incident, command: CommandNamed<"NoteDuplicate">): Decision {
  const { at, actor, other, same } = command;
  const isKnown = state.ending.duplicates.some(({ number }) => number === other.number);
  return noted(isKnown === same ? [] : [{ type: "DuplicateNoted", at, actor, data: { other, same } }]);
}

/** *Join INC-41*, by whoever pressed it. */
export function joinChannel(state: Incident, { at, actor }: CommandNamed<"JoinChannel">): Decision {
  if (actor.kind !== "slack") return refuse("no_person", "Only people in Slack can join a channel.");
  if (!state.channel) return refuse("no_channel", `${reference(state)} has no channel.`);
  if (state.private) return refuse("no_such_incident", `There is no ${reference(state)}.`);
  const { lost } = state.access;
  if (lost)
    return refuse(
      lost.why,
      `The channel of ${reference(state)} is ${lost.why === "archived" ? "archived" : "out of Sitrep’s reach"}, so nobody can be brought into it.`,
    );
  return said(
    [{ type: "JoinAsked", at, actor, data: { user: actor.user } }],
    state,
    `You are being brought into <#${state.channel.id}>.`,
  );
}

import { bot } from "../actor.ts";
import type { Command } from "../command.ts";
import type { EventOf, IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";
import { lastReportedAt } from "../policy/update-clock.ts";
import { speaksOutside } from "../policy/visibility.ts";
import { holderOf } from "../roles/state.ts";
import type { Happened } from "../reaction.ts";
import type { Rules } from "../rules.ts";
import { audiences } from "../vocab.ts";

/** Shorter intervals have no heads-up. */
const shortestWithWarning = 15 * 60_000;
const day = 24 * 60 * 60_000;

/** Who else is told of an update, and what comes before the next. */
export function audiencesReactions(
  rules: Rules,
  { command, events, before, after }: Happened,
): IncidentEvent[] {
  return [
    ...events.flatMap((event) => reactionTo(rules, after, command, event)),
    ...warning(rules, before, after, command.at),
  ];
}

function reactionTo(rules: Rules, state: Incident, command: Command, event: IncidentEvent): IncidentEvent[] {
  switch (event.type) {
    case "UpdatePublished":
      return event.data.automaticSince === null
        ? told(rules, state, command, event)
        : missedAgain(rules, state, event);
    case "UpdatesPaused":
      return [
        ...(state.automaticInRow === 1 ? [missed(rules, state, event.at, state.nextDue ?? event.at)] : []),
        ...stillOpen(state, event.at),
      ];
    case "UpdateReminded":
      // Nothing is posted for it, so this is the last that is heard of the promise.
      return event.data.graceUntil === null ? stillOpen(state, event.at) : [];
    default:
      return [];
  }
}

/**
 * Audiences read whole updates, not every change; what a person posted, never what Sitrep posted by itself. Whoever was told of
 * the incident hears that it is over or back, whatever its severity has become.
 */
function told(
  rules: Rules,
  state: Incident,
  command: Command,
  { at, actor, data: { n, change, final } }: EventOf<"UpdatePublished">,
): IncidentEvent[] {
  if (!speaksOutside(state)) return [];
  const isTurn = final || change?.kind === "reopened";
  const edited = command.type === "PublishUpdate" ? (command.audiences ?? {}) : {};
  return audiences.flatMap((audience): IncidentEvent[] => {
    const ruled = rules.audiences[audience];
    const words = edited[audience];
    if (!ruled || words === null) return [];
    const wants = !change && ruled.severities.includes(state.severity);
    const knows = state.audiences.told.some((each) => each.audience === audience);
    if (!wants && !(isTurn && knows)) return [];
    const { channel, template } = ruled;
    return [
      { type: "AudienceTold", at, actor, data: { n, audience, channel, template, edited: words ?? null } },
    ];
  });
}

const missedAgain = (
  rules: Rules,
  state: Incident,
  { at, data }: EventOf<"UpdatePublished">,
): IncidentEvent[] => (state.automaticInRow === 2 ? [missed(rules, state, at, data.answers ?? at)] : []);

/** The commander first; without one there is nobody to wait for. */
function missed({ updates: { grace } }: Rules, state: Incident, at: number, due: number): IncidentEvent {
  const to = holderOf(state.roles, "commander") ?? null;
  return {
    type: "UpdateMissedAgain",
    at,
    actor: bot,
    data: { due, to, since: lastReportedAt(state), escalateAt: to === null ? at : at + grace },
  };
}

function stillOpen(state: Incident, at: number): IncidentEvent[] {
  const since = lastReportedAt(state);
  if (state.audiences.askingSince === since) return [];
  return [{ type: "StillOpenPlanned", at, actor: bot, data: { since, askAt: at + day } }];
}

function warning(
  { updates: { warnBefore } }: Rules,
  before: Incident | undefined,
  state: Incident,
  at: number,
): IncidentEvent[] {
  const due = state.nextDue;
  const isNew = due !== null && due !== before?.nextDue;
  if (!isNew || !isOpen(state) || warnBefore === null || due - at < shortestWithWarning) return [];
  return [{ type: "UpdateWarningPlanned", at, actor: bot, data: { due, warnAt: due - warnBefore } }];
}

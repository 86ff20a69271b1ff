import { channelReplaced, evolveAccess } from "./access/evolve.ts";
import { evolveDepartures } from "./departures/evolve.ts";
import { evolveActionItems } from "./action-items/evolve.ts";
import { evolveAsks } from "./asks/evolve.ts";
import { evolveAssessment } from "./assessment/evolve.ts";
import { evolveAudiences } from "./audiences/evolve.ts";
import { evolveCorrections } from "./corrections/evolve.ts";
import { evolveEnding } from "./ending/evolve.ts";
import { evolveEscalation } from "./escalation/evolve.ts";
import { evolveMitigation } from "./mitigation/evolve.ts";
import { evolveOpening } from "./opening/evolve.ts";
import { evolvePresence } from "./presence/evolve.ts";
import { evolveRoles } from "./roles/evolve.ts";
import { evolveRunbooks } from "./runbooks/evolve.ts";
import { evolveTroubles } from "./troubles/evolve.ts";
import { type CoreEvent, type EventOf, type IncidentEvent, isCoreEvent } from "./event.ts";
import { draftCopyOf } from "./ending/draft-copy.ts";
import { declared } from "./declared.ts";
import type { Incident } from "./incident.ts";
import { evolveLate } from "./lateness/evolve.ts";
import { withOutage } from "./outage.ts";
import { writtenSections } from "./vocab.ts";

/** The state after an event. Only `IncidentDeclared` may come first; anything else without a state is a broken history. */
export function evolve(state: Incident | undefined, event: IncidentEvent): Incident {
  if (event.type === "IncidentDeclared")
    return parts.reduce((next, part) => ({ ...next, ...part(next, event) }), declared(event));
  if (!state) throw new Error(`An incident's history begins with ${event.type}`);
  const changed = isCoreEvent(event) ? { ...state, ...changeBy(state, event) } : state;
  return {
    ...parts.reduce((next, part) => ({ ...next, ...part(next, event) }), changed),
    version: state.version + 1,
  };
}

/** What each folder keeps of an incident, changed by any event. */
const parts: readonly ((state: Incident, event: IncidentEvent) => Partial<Incident>)[] = [
  evolveRoles,
  evolveAsks,
  evolveAssessment,
  evolveMitigation,
  evolveEscalation,
  evolveRunbooks,
  evolveCorrections,
  evolveEnding,
  evolveActionItems,
  evolveAudiences,
  evolveTroubles,
  evolveAccess,
  evolveDepartures,
  evolveLate,
  // Last: they see what the others changed.
  evolveOpening,
  evolvePresence,
];

/** The whole history at once. */
export function fold(events: readonly IncidentEvent[]): Incident | undefined {
  return events.reduce<Incident | undefined>(evolve, undefined);
}

function changeBy(
  state: Incident,
  event: Exclude<CoreEvent, { type: "IncidentDeclared" }>,
): Partial<Incident> {
  const { at, actor } = event;
  switch (event.type) {
    case "StatusChanged":
      return { status: event.data.to };
    case "SeverityChanged":
      return { severity: event.data.to, provisional: false };
    case "TitleChanged": {
      const rename = { version: state.version + 1, at, by: actor, ...event.data };
      return { title: event.data.to, renames: [...state.renames, rename] };
    }
    case "StartedSet":
      return { started: { at: event.data.to, assumed: false } };
    case "UpdatePublished":
      return published(state, event);
    case "UpdateReminded": {
      const { due, to, draft } = event.data;
      return { reminder: { due, remindedAt: at, to, draft, snoozed: null } };
    }
    case "UpdateSnoozed": {
      const { until } = event.data;
      return {
        nextDue: until,
        snoozes: state.snoozes + 1,
        reminder: state.reminder && { ...state.reminder, snoozed: { until, by: actor } },
        updates: state.updates.map((update, index) =>
          index === state.updates.length - 1
            ? { ...update, lines: { ...update.lines, nextUpdate: until } }
            : update,
        ),
      };
    }
    case "UpdatesPaused":
      return { pausedSince: event.data.since, nextDue: null };
    case "EntryLogged": {
      const { entry: id, happenedAt, text } = event.data;
      return {
        entries: [...state.entries, { id, at: happenedAt, recordedAt: at, by: actor, text, hidden: false }],
      };
    }
    case "EntryHidden":
      return {
        entries: state.entries.map((entry) =>
          entry.id === event.data.entry ? { ...entry, hidden: true } : entry,
        ),
      };
    case "IncidentResolved":
      return {
        status: "RESOLVED",
        resolved: { ...event.data, at, by: actor },
        nextDue: null,
        reminder: null,
        pausedSince: null,
        ...withCopy(state, draftCopyOf(state), { to: null, file: null, shared: false }),
      };
    case "ResolutionDetailed":
      return { resolved: state.resolved && { ...state.resolved, ...event.data } };
    case "SectionsWritten": {
      const written = Object.fromEntries(
        writtenSections.flatMap((name) => {
          const text = event.data.sections[name];
          const markdown = event.data.markdown?.includes(name) ?? false;
          return text ? [[name, { text, markdown, by: actor, at, version: state.version + 1 }]] : [];
        }),
      );
      return { sections: { ...state.sections, ...written } };
    }
    case "DeclarationStopped":
      return { status: "CANCELLED", nextDue: null };
    case "ChannelOpened":
      return {
        ...channelReplaced(state, event),
        channel: { id: event.data.channel, name: event.data.name },
      };
    case "MessagePosted": {
      const { slot, channel, ts } = event.data;
      return { posts: { ...state.posts, [slot]: { channel, ts } } };
    }
    case "MessageGone":
      return {
        posts: Object.fromEntries(Object.entries(state.posts).filter(([slot]) => slot !== event.data.slot)),
      };
    case "ExportAsked":
      return withCopy(state, event.data.copy, { to: event.data.to, file: null, shared: false });
    case "PostmortemUploaded":
      return withCopy(state, event.data.copy, { file: event.data.file });
    case "PostmortemShared":
      return withCopy(state, event.data.copy, { shared: true });
    case "OutageNoted":
      return { outages: withOutage(state.outages, event.data) };
    case "PromptHeldBack":
    case "PromptsCameLate":
    case "EffectRefused":
      return {};
    default:
      return event satisfies never;
  }
}

function withCopy(
  { copies }: Incident,
  name: string,
  change: Partial<Incident["copies"][string]>,
): Pick<Incident, "copies"> {
  const before = copies[name] ?? { to: null, file: null, shared: false };
  return { copies: { ...copies, [name]: { ...before, ...change } } };
}

function published(state: Incident, { at, actor, data }: EventOf<"UpdatePublished">): Partial<Incident> {
  const { n, lines, template, automaticSince, lateBy, final, change } = data;
  const byPerson = automaticSince === null;
  return {
    updates: [
      ...state.updates,
      {
        n,
        at,
        by: actor,
        lines,
        template,
        automaticSince,
        final,
        ...(lateBy !== undefined && { lateBy }),
        ...(change && { change }),
      },
    ],
    impact: lines.impact,
    currentAction: lines.currentAction,
    nextDue: lines.nextUpdate,
    reminder: null,
    snoozes: 0,
    automaticInRow: byPerson ? 0 : state.automaticInRow + 1,
    pausedSince: null,
  };
}

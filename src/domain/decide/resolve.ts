import type { CommandNamed } from "../command.ts";
import { type Decision, refuse } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock, sameMinute } from "../time.ts";
import type { Words } from "../words.ts";
import { postmortemOwned } from "../ending/owner.ts";
import { howItEnded, refuseOver } from "./over.ts";

/**
 * In one act: status, final update, every clock stopped. A missing answer never blocks. On a resolved incident the answers
 * given are added (*Add details*); without any it is refused.
 */
export function resolve(rules: Rules, state: Incident, command: CommandNamed<"Resolve">): Decision {
  const { at, recoveredAt } = command;
  const clock = (instant: number) => formatClock(instant, rules.timezone, at);
  if (recoveredAt !== undefined && recoveredAt > at)
    return refuse(
      "recovered_in_future",
      `${clock(recoveredAt)} has not come yet: when had users recovered?`,
      "recoveredAt",
    );
  const { started } = state;
  if (
    recoveredAt !== undefined &&
    recoveredAt < started.at &&
    !sameMinute(recoveredAt, started.at) &&
    !started.assumed
  )
    return refuse(
      "recovered_before_start",
      `${clock(recoveredAt)} is before the incident started (${clock(started.at)}).`,
      "recoveredAt",
    );
  return isOpen(state) ? resolveNow(rules, state, command) : addDetails(rules, state, command);
}

function resolveNow(rules: Rules, state: Incident, command: CommandNamed<"Resolve">): Decision {
  const { at, actor, fix, recoveredAt } = command;
  const recovered = { at: recoveredAt ?? at, assumed: recoveredAt === undefined };
  const resolved: IncidentEvent = {
    type: "IncidentResolved",
    at,
    actor,
    data: { recovered, fix: fix ?? null, dataLoss: command.dataLoss ?? null },
  };
  const final: IncidentEvent = {
    type: "UpdatePublished",
    at,
    actor,
    data: {
      n: state.updates.length + 1,
      lines: {
        status: "RESOLVED",
        impact: state.impact,
        started: state.started,
        currentAction: fix ?? state.currentAction,
        nextUpdate: null,
      },
      template: rules.updates.template,
      automaticSince: null,
      final: true,
      answers: state.reminder?.due ?? null,
    },
  };
  return {
    events: [resolved, ...rootCauseWritten(command), postmortemOwned(rules, state, command), final],
    answer: { type: "Resolved", number: state.number, detailed: false },
  };
}

function addDetails(rules: Rules, state: Incident, command: CommandNamed<"Resolve">): Decision {
  const { at, actor, fix, recoveredAt, dataLoss, rootCause } = command;
  const { resolved } = state;
  if (!resolved || (!fix && recoveredAt === undefined && !dataLoss && !rootCause)) {
    return resolved
      ? refuse("resolved", `${howItEnded(rules, state, at)} already.`)
      : refuseOver(rules, state, at, { so: "so there is nothing to resolve" });
  }
  if (!command.replaces && isRecorded(state, command)) {
    const when = formatClock(resolved.at, rules.timezone, at);
    return refuse(
      "resolved",
      `${reference(state)} was resolved at ${when} already, and how is recorded. Nothing was changed: “Add details” on its card shows what stands there and changes it.`,
    );
  }
  const detailed: IncidentEvent = {
    type: "ResolutionDetailed",
    at,
    actor,
    data: {
      recovered: recoveredAt === undefined ? resolved.recovered : { at: recoveredAt, assumed: false },
      fix: fix ?? resolved.fix,
      dataLoss: dataLoss ?? resolved.dataLoss,
    },
  };
  return {
    events: [...rootCauseWritten(command), detailed],
    answer: { type: "Resolved", number: state.number, detailed: true },
  };
}

/** Something else than the command says stands there already. */
function isRecorded({ resolved, sections }: Incident, command: CommandNamed<"Resolve">): boolean {
  const { fix, dataLoss, rootCause, recoveredAt } = command;
  const differs = (said: Words | undefined, recorded: Words | null | undefined) =>
    Boolean(said && recorded && said.body?.trim() !== recorded.body?.trim());
  return (
    differs(fix, resolved?.fix) ||
    differs(rootCause, sections.rootCause?.text) ||
    Boolean(dataLoss && resolved?.dataLoss && dataLoss !== resolved.dataLoss) ||
    (recoveredAt !== undefined &&
      resolved?.recovered.assumed === false &&
      !sameMinute(recoveredAt, resolved.recovered.at))
  );
}

const rootCauseWritten = ({ at, actor, rootCause }: CommandNamed<"Resolve">): IncidentEvent[] =>
  rootCause ? [{ type: "SectionsWritten", at, actor, data: { sections: { rootCause } } }] : [];

import { type Decision, refuse, said } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { isBlank } from "../words.ts";
import type { CorrectionsCommand, TimedStage } from "./commands.ts";

/** Changes an entry of the timeline, and keeps who did. What is said of it quotes nobody, so that a deletion needs no hunt. */
export function decideCorrections(rules: Rules, state: Incident, command: CorrectionsCommand): Decision {
  const { at, actor, entry, standsAt, text, happenedAt = standsAt, useAs } = command;
  const clock = (instant: number) => formatClock(instant, rules.timezone, at);
  if (text && (text.body === null || isBlank(text.body)))
    return refuse("no_text", "An entry says something: hide it to take it off the timeline.", "text");
  if (happenedAt > at)
    return refuse(
      "in_future",
      `${clock(happenedAt)} has not come yet: the timeline is about what happened.`,
      "happenedAt",
    );
  const undone = state.entries.some((each) => `entry:${each.id}` === entry && each.hidden);
  const wasHidden = undone || (state.corrections.entries[entry]?.hidden ?? false);
  const hidden = command.hidden ?? wasHidden;
  const changes = [
    ...(text ? ["reworded"] : []),
    ...(happenedAt === standsAt ? [] : [`moved to ${clock(happenedAt)}`]),
    ...(hidden === wasHidden ? [] : [hidden ? "hidden" : "brought back"]),
  ];
  const timed = useAs === undefined ? { events: [] } : timing(rules, state, command, happenedAt, useAs);
  if ("refusal" in timed) return timed;
  if (changes.length === 0 && timed.events.length === 0)
    return refuse("nothing_changed", "Nothing was changed: the entry stands as it was.", "text");
  const what = [...changes, ...(useAs === undefined ? [] : [`used as the time of “${useAs}”`])].join(", ");
  const sentence = `The entry of ${clock(standsAt)} was ${what}`;
  return said(
    [
      {
        type: "EntryCorrected",
        at,
        actor,
        data: {
          entry,
          text: text ?? null,
          happenedAt: happenedAt === standsAt ? null : happenedAt,
          hidden,
          said: sentence,
        },
      },
      ...timed.events,
    ],
    state,
    `${sentence}.`,
  );
}

function timing(
  rules: Rules,
  state: Incident,
  { at, actor, entry, detector }: CorrectionsCommand,
  to: number,
  stage: TimedStage,
): { events: IncidentEvent[] } | Extract<Decision, { refusal: unknown }> {
  const { resolved, started } = state;
  const clock = (instant: number) => formatClock(instant, rules.timezone, at);
  const wrong = (sentence: string) => ({ refusal: { code: "wrong_order", sentence, field: "useAs" } });
  switch (stage) {
    case "started":
      if (resolved && to > resolved.recovered.at)
        return wrong(`It cannot have started after users had recovered (${clock(resolved.recovered.at)}).`);
      return { events: [{ type: "StartedSet", at, actor, data: { to } }] };
    case "detected":
    case "mitigated":
      if (!started.assumed && to < started.at)
        return wrong(`That is before it started (${clock(started.at)}): correct the start first.`);
      return {
        events: [{ type: "StageTimed", at, actor, data: { entry, stage, to, detector: detector ?? null } }],
      };
    case "resolved":
      if (!resolved)
        return wrong(`${reference(state)} is not resolved yet: resolving asks when users had recovered.`);
      if (!started.assumed && to < started.at)
        return wrong(`That is before it started (${clock(started.at)}).`);
      return {
        events: [
          {
            type: "ResolutionDetailed",
            at,
            actor,
            data: { ...detailsOf(resolved), recovered: { at: to, assumed: false } },
          },
        ],
      };
    default:
      return stage satisfies never;
  }
}

const detailsOf = ({ fix, dataLoss }: NonNullable<Incident["resolved"]>) => ({ fix, dataLoss });

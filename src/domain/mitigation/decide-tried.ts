import { type Decision, refuse, said } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { changePublished } from "../decide/publish.ts";
import { nextPromise } from "../policy/update-clock.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { mitigationNames } from "../vocab.ts";
import { isBlank, type Words } from "../words.ts";
import type { MitigationCommand } from "./commands.ts";
import { type Mitigation, runningMitigation, stageOf } from "./state.ts";
import { finishedAction, outcomeOf, runningAction } from "./words.ts";

type Of<Type extends MitigationCommand["type"]> = Extract<MitigationCommand, { type: Type }>;
type By = Pick<IncidentEvent, "at" | "actor">;

export function recordMitigation(rules: Rules, state: Incident, command: Of<"RecordMitigation">): Decision {
  const { at, actor, mitigation: id, option, what, owner, stage, startedAt } = command;
  const clock = (instant: number) => formatClock(instant, rules.timezone, at);
  if (!isOpen(state) && stage !== "worked") return ended(state);
  if (what.body === null || isBlank(what.body))
    return refuse("no_text", "What exactly is done? For example: payment service to v2.3.1", "what");
  if (startedAt !== undefined && startedAt > at)
    return refuse("in_future", `${clock(startedAt)} has not come yet: when was it started?`, "startedAt");
  if (state.mitigation.tried.some((one) => one.id === id))
    return refuse("recorded", "That mitigation is recorded already.", "what");
  const whyNotRollback =
    option === "fix" && command.whyNotRollback?.body?.trim() ? command.whyNotRollback : null;
  const isStarted = stage === "started" || (stage === "decided" && startedAt !== undefined);
  // Of one that is recorded late nobody has said when it was decided on.
  const decidedAt = startedAt === undefined && stage !== "worked" ? at : null;
  const one = { id, option, what };
  const events: IncidentEvent[] = [
    {
      type: "MitigationDecided",
      at,
      actor,
      data: { mitigation: id, option, what, whyNotRollback, owner, decidedAt },
    },
  ];
  const name = mitigationNames[option];
  if (stage === "worked") {
    if (startedAt !== undefined) events.push(started(rules, command, one, startedAt, null));
    events.push(finished(state, command, one, "worked"));
    return said(events, state, `Recorded for ${reference(state)}: ${name} worked.`);
  }
  if (!isStarted) return said(events, state, `Recorded for ${reference(state)}: ${name}, not started yet.`);
  return said(
    [...events, ...startedAs(rules, state, command, one, startedAt ?? at)],
    state,
    `Recorded for ${reference(state)}: ${name} is running.`,
  );
}

export function startMitigation(rules: Rules, state: Incident, command: Of<"StartMitigation">): Decision {
  const one = find(state, command.mitigation);
  if (!one) return unknown(state);
  if (!isOpen(state)) return ended(state);
  const isAgain = one.result === "abandoned";
  if (stageOf(one) !== "decided" && !isAgain) return already(rules, one, command.at);
  return said(
    startedAs(rules, state, command, one, command.at),
    state,
    `Started: ${mitigationNames[one.option]} of ${reference(state)}.`,
  );
}

/** Facts about what was done are taken after the end too; another result than before corrects it. */
export function finishMitigation(rules: Rules, state: Incident, command: Of<"FinishMitigation">): Decision {
  const { at, mitigation, result } = command;
  const one = find(state, mitigation);
  if (!one) return unknown(state);
  if (one.result === result) return already(rules, one, at);
  return said(
    [finished(state, command, one, result)],
    state,
    `Recorded for ${reference(state)}: ${mitigationNames[one.option]} ${result === "abandoned" ? "was abandoned" : outcomeOf(result)}.`,
  );
}

export function resumeMitigation(
  state: Incident,
  { at, actor, mitigation }: Of<"ResumeMitigation">,
): Decision {
  const one = find(state, mitigation);
  if (!one) return unknown(state);
  if (!isOpen(state)) return ended(state);
  if (one.finishedAt === null || one.startedAt === null)
    return refuse("not_finished", "Nobody has said that it is through with.");
  return said(
    [{ type: "MitigationResumed", at, actor, data: { mitigation, action: runningAction(one) } }],
    state,
    `Recorded for ${reference(state)}: ${mitigationNames[one.option]} is still running.`,
  );
}

export function keepMitigation(
  rules: Rules,
  state: Incident,
  { at, actor, mitigation }: Of<"KeepMitigation">,
): Decision {
  const one = find(state, mitigation);
  if (!one) return unknown(state);
  if (!isOpen(state)) return ended(state);
  if (stageOf(one) !== "running") return already(rules, one, at);
  if (one.askedAt === null || one.stillRunning)
    return refuse("answered", "That question was answered already: it is recorded as still running.");
  return said(
    [{ type: "MitigationStillRuns", at, actor, data: { mitigation } }],
    state,
    `Recorded for ${reference(state)}: ${mitigationNames[one.option]} is still running. Nobody is asked again.`,
  );
}

type Told = Pick<Mitigation, "id" | "option" | "what">;

/** Starting one is what MITIGATING means: a status before that moves on, with its update of one line. */
function startedAs(rules: Rules, state: Incident, by: By, one: Told, startedAt: number): IncidentEvent[] {
  const action = runningAction(one);
  const begun = started(rules, by, one, startedAt, action);
  const { status: from } = state;
  if (from !== "INVESTIGATING" && from !== "IDENTIFIED") return [begun];
  const to = "MITIGATING" as const;
  const nextUpdate = nextPromise(rules, { ...state, status: to }, by.at);
  const acting = { ...state, currentAction: action };
  return [
    begun,
    { type: "StatusChanged", at: by.at, actor: by.actor, data: { from, to } },
    changePublished(rules, acting, by, { kind: "status", from, to }, nextUpdate),
  ];
}

function started(
  { mitigation: { expected } }: Rules,
  { at, actor }: By,
  { id, option }: Told,
  startedAt: number,
  action: Words | null,
): IncidentEvent {
  const usual = expected[option];
  // Whoever records late that it runs is not asked in the same breath how it went.
  const askAt = usual === null || action === null ? null : at + usual;
  return {
    type: "MitigationStarted",
    at,
    actor,
    data: { mitigation: id, startedAt, action, expected: usual, askAt },
  };
}

/** What still runs is the current action again; else what has been done, with how it went. */
function finished(
  { mitigation: { tried }, ...state }: Incident,
  { at, actor }: By,
  one: Told,
  result: "worked" | "didNot" | "abandoned",
): IncidentEvent {
  const other = runningMitigation({ tried: tried.filter(({ id }) => id !== one.id) });
  const wasRun =
    result !== "abandoned" || tried.some(({ id, startedAt }) => id === one.id && startedAt !== null);
  const action = other ? runningAction(other) : wasRun ? finishedAction(one, result) : null;
  return {
    type: "MitigationFinished",
    at,
    actor,
    data: { mitigation: one.id, finishedAt: at, result, action: isOpen(state) ? action : null },
  };
}

const find = ({ mitigation }: Incident, id: string): Mitigation | undefined =>
  mitigation.tried.find((one) => one.id === id);

const unknown = (state: Incident): Decision =>
  refuse("no_such_mitigation", `${reference(state)} has no such mitigation.`);

const ended = (state: Incident): Decision =>
  refuse(
    "resolved",
    `${reference(state)} is ${state.status}, so nothing is started any more. Put what was done on the timeline with \`log\`.`,
  );

function already({ timezone }: Rules, one: Mitigation, at: number): Decision {
  const { result, finishedAt, startedAt } = one;
  const clock = (instant: number | null) =>
    instant === null ? "" : ` at ${formatClock(instant, timezone, at)}`;
  return refuse(
    "already",
    result === null
      ? `It was started${clock(startedAt)} already.`
      : `It is recorded already: ${outcomeOf(result)}${clock(finishedAt)}.`,
  );
}

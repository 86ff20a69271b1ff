import { isOpen, reference } from "../../domain/incident.ts";
import { type Mitigation, stageOf } from "../../domain/mitigation/state.ts";
import { outcomeOf, runningAction } from "../../domain/mitigation/words.ts";
import { formatShortDuration } from "../../domain/time.ts";
import { mitigationNames } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import {
  bold,
  buttons,
  italic,
  labelled,
  type Leaf,
  type Line,
  lines,
  type Offer,
  ping,
  text,
} from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";
import { labelOf, optionLabel } from "./options.ts";

/** Messages of this folder, by the first word of their slot. */
export const mitigationViews: SlotViews = {
  mitigation: mitigationView,
  "mitigation-check": checkView,
  "mitigation-prompt": promptView,
  decision: decisionView,
};

const find = ({ incident }: ViewModel, id: string): Mitigation | undefined =>
  incident.mitigation.tried.find((one) => one.id === id);

const personOf = ({ names }: ViewModel, user: string): string => nameOf({ kind: "slack", user }, names);

/** One mitigation as it stands, with the buttons that fit. */
function mitigationView(model: ViewModel, { id }: SlotAsked): Message | null {
  const one = find(model, id);
  if (!one) return null;
  const { names } = model;
  const what = plainWords(one.what, names) ?? "";
  const head = `${optionLabel(one.option)}: ${what}`;
  const stand = standOf(model, one);
  const why = plainWords(one.whyNotRollback, names);
  return fitMessage({
    text: escapeText([head, ...stand].join(" · ")),
    blocks: [
      lines([
        [bold(head)],
        ...stand.map((line): Line => [text(line)]),
        ...(why === null ? [] : [labelled("Why not rollback", text(why))]),
        ...(one.stillRunning && stageOf(one) === "running"
          ? [
              [
                italic(
                  `Still running, said ${nameOf(one.stillRunning.by, names)} at ${clockOf(model, one.stillRunning.at)}`,
                ),
              ],
            ]
          : []),
        [italic(`recorded by ${nameOf(one.by, names)}`)],
      ]),
      ...buttons(offersOf(model, one)),
    ],
  });
}

/** `Worked 14:47 UTC after 6 min, said @bob`, and on a line of its own `owner @bob · decided 14:40 UTC · started 14:41 UTC` */
function standOf(model: ViewModel, one: Mitigation): string[] {
  const { decidedAt, startedAt, finishedAt, result, finishedBy } = one;
  const clock = (at: number) => clockOf(model, at);
  const length =
    startedAt === null || finishedAt === null ? "" : ` after ${formatShortDuration(finishedAt - startedAt)}`;
  const stage =
    stageOf(one) === "running" ? ["Running"] : stageOf(one) === "decided" ? ["Not started yet"] : [];
  const ended =
    finishedAt !== null && result !== null
      ? [
          `${capital(outcomeOf(result))} ${clock(finishedAt)}${length}${finishedBy ? `, said ${nameOf(finishedBy, model.names)}` : ""}`,
        ]
      : [];
  const before = [
    ...stage,
    one.owner === null ? "no owner" : `owner ${personOf(model, one.owner)}`,
    ...(decidedAt === null || decidedAt === startedAt ? [] : [`decided ${clock(decidedAt)}`]),
    ...(startedAt === null ? [] : [`started ${clock(startedAt)}`]),
  ].join(" · ");
  return [...ended, before];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function offersOf({ incident }: ViewModel, one: Mitigation): Offer[] {
  const about = { incident: incident.number, mitigation: one.id };
  const start: Offer = { label: "Start", press: { do: "StartMitigation", ...about }, style: "primary" };
  const worked: Offer = { label: "Worked", press: { do: "FinishMitigation", ...about, result: "worked" } };
  const didNot: Offer = { label: "Did not", press: { do: "FinishMitigation", ...about, result: "didNot" } };
  const abandon: Offer = {
    label: "Abandon",
    press: { do: "FinishMitigation", ...about, result: "abandoned" },
  };
  const resume: Offer = { label: "Still running", press: { do: "ResumeMitigation", ...about } };
  const isLive = isOpen(incident);
  const stage = stageOf(one);
  switch (stage) {
    case "decided":
      return isLive ? [start, abandon] : [worked, abandon];
    case "running":
      return [{ ...worked, style: "primary" }, didNot, abandon];
    case "finished": {
      const back = isLive && one.startedAt !== null ? [resume] : [];
      if (one.result === "abandoned") return isLive ? [start] : [];
      if (one.result === "didNot") return [worked, ...back];
      const watch: Offer = {
        label: "Set MONITORING",
        press: { do: "SetMonitoring", incident: incident.number },
        style: "primary",
      };
      // Without "Worked" beside it the short word says too little.
      const after = { ...didNot, label: "Did not work" };
      return [...(isLive && incident.status !== "MONITORING" ? [watch] : []), after, ...back];
    }
    default:
      return stage satisfies never;
  }
}

/** Asks its owner, once. */
function checkView(model: ViewModel, { id }: SlotAsked): Message | null {
  const one = find(model, id);
  const { incident, names, now } = model;
  if (!one || !isOpen(incident) || stageOf(one) !== "running" || one.stillRunning || one.startedAt === null)
    return null;
  const about = { incident: incident.number, mitigation: id };
  const user = one.owner ?? (one.by.kind === "slack" ? one.by.user : null);
  const who: Leaf[] = user === null ? [] : [ping(user), text(" ")];
  const doing = plainWords(runningAction(one), names) ?? "";
  const since = formatShortDuration(Math.max(0, now - one.startedAt));
  const usual =
    one.expected === null
      ? ""
      : `; ${mitigationNames[one.option]} takes ${formatShortDuration(one.expected)} as a rule`;
  const said = `has run for ${since}${usual}. How did it go?`;
  return fitMessage({
    text: `${user === null ? "" : `<@${user}> `}${escapeText(`${doing} ${said}`)}`,
    blocks: [
      lines([[...who, bold(doing), text(` ${said}`)]]),
      ...buttons([
        {
          label: "Worked",
          press: { do: "FinishMitigation", ...about, result: "worked" },
          style: "primary",
        },
        { label: "Did not", press: { do: "FinishMitigation", ...about, result: "didNot" } },
        { label: "Still running", press: { do: "KeepMitigation", ...about } },
      ]),
    ],
  });
}

/** Asks to start something, once; why there is no rollback stays to be read. */
function promptView(model: ViewModel, _asked: SlotAsked): Message | null {
  const { incident, names } = model;
  const { prompted, noRollback, tried } = incident.mitigation;
  if (!prompted || !isOpen(incident) || tried.some((one) => stageOf(one) !== "decided")) return null;
  const number = incident.number;
  if (noRollback) {
    const head = `Rollback not possible: ${plainWords(noRollback.reason, names) ?? ""}`;
    return fitMessage({
      text: escapeText(head),
      blocks: [
        lines([
          [bold(head)],
          [italic(`said ${nameOf(noRollback.by, names)} at ${clockOf(model, noRollback.at)}`)],
        ]),
        ...buttons([
          {
            label: "Other options",
            press: { do: "ShowMitigations", incident: number, command: "/incident", stage: "started" },
          },
        ]),
      ],
    });
  }
  const waited = formatShortDuration(Math.max(0, prompted.at - incident.declaredAt));
  const said = `No mitigation has been started in ${waited}. Stop the bleeding first: what can be rolled back?`;
  const decided = tried[0];
  const offer: Offer = decided
    ? {
        label: `Start: ${labelOf(decided, names)}`,
        press: { do: "StartMitigation", incident: number, mitigation: decided.id },
        style: "primary",
      }
    : {
        label: "Start rollback",
        press: { do: "OpenMitigation", incident: number, option: "rollback", stage: "started" },
        style: "primary",
      };
  const who: Leaf[] = prompted.to === null ? [] : [ping(prompted.to), text(" ")];
  return fitMessage({
    text: `${prompted.to === null ? "" : `<@${prompted.to}> `}${escapeText(said)}`,
    blocks: [
      lines([[...who, text(said)]]),
      ...buttons([
        offer,
        { label: "Not possible because…", press: { do: "OpenNoRollback", incident: number } },
      ]),
    ],
  });
}

function decisionView(model: ViewModel, { id }: SlotAsked): Message | null {
  const decision = model.incident.mitigation.decisions.find((each) => each.id === id);
  if (!decision) return null;
  const said = plainWords(decision.text, model.names) ?? "";
  return fitMessage({
    text: escapeText(`Decision in ${reference(model.incident)}: ${said}`),
    blocks: [
      lines([
        [bold("Decision: "), text(said)],
        [italic(`by ${nameOf(decision.by, model.names)} at ${clockOf(model, decision.at)}`)],
      ]),
    ],
  });
}

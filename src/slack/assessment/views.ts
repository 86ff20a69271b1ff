import { answerInWords, questionNames, type Said } from "../../domain/assessment/answers-in-words.ts";
import { openQuestions, type Question, questions } from "../../domain/assessment/state.ts";
import { isOpen, reference } from "../../domain/incident.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, buttons, italic, labelled, type Leaf, type Line, lines, ping, text } from "../views/parts.ts";
import { answerMenus } from "./menus.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const assessmentViews: SlotViews = {
  assessment(model, { id, stands }: SlotAsked) {
    if (id === "") return questionsView(model, stands);
    if (id === "again") return againView(model);
    return toldView(model, Number(id.replace(/^told:/, "")));
  },
};

/** The four questions with who answered what, kept up to date. */
function questionsView(model: ViewModel, stands: boolean): Message | null {
  const { incident } = model;
  const isAnswered = openQuestions(incident.assessment).length < questions.length;
  if (!isOpen(incident) && !isAnswered && !stands) return null;
  const head = isOpen(incident) ? "What is hit?" : `Assessment of ${reference(incident)}`;
  const intro = isOpen(incident) ? " Anyone may answer, in any order; a part of it helps too." : "";
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${head}`),
    blocks: [
      lines([
        [bold(head), text(intro === "" ? " " : intro)],
        ...questions.map((question) => answerLine(model, question)),
        ...serviceLines(model),
      ]),
      ...(isOpen(incident) ? [answerMenus(incident)] : []),
      ...proposalBlocks(model),
      ...securityBlocks(model),
    ],
  });
}

/** What somebody answered in the form, where the channel would not see it. Null once somebody has answered after that. */
function toldView(model: ViewModel, version: number): Message | null {
  const { told } = model.incident.assessment;
  if (told?.version !== version) return null;
  const head = `Assessed by ${nameOf(told.by, model.names)}`;
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${head}`),
    blocks: [
      lines([
        [bold(head)],
        ...told.questions.map((question) =>
          labelled(questionNames[question], ...answerLeaves(model, question)),
        ),
        ...(told.services ? serviceLines(model, "none named") : []),
      ]),
      ...proposalBlocks(model),
    ],
  });
}

/** Asks once more, by name. Null as soon as there is nothing left to ask. */
function againView({ incident }: ViewModel): Message | null {
  const open = openQuestions(incident.assessment);
  if (open.length === 0 || !isOpen(incident)) return null;
  const named = open.map((question) => questionNames[question].toLowerCase()).join(", ");
  const asks =
    open.length === questions.length
      ? "Nobody has said yet what is hit: users, business, scope, trend."
      : `Still not answered: ${named}.`;
  const { commander } = incident.roles.held;
  const to = commander?.user ?? (incident.declaredBy.kind === "slack" ? incident.declaredBy.user : null);
  const mention: Leaf[] = to === null ? [] : [ping(to), text(" ")];
  return fitMessage({
    text: `${to === null ? "" : `<@${to}> `}${escapeText(asks)}`,
    blocks: [
      lines([[...mention, bold(asks)]]),
      ...buttons([
        { label: "Assess", press: { do: "OpenAssess", incident: incident.number }, style: "primary" },
      ]),
    ],
  });
}

function answerLine(model: ViewModel, question: Question): Line {
  const answered = model.incident.assessment[question];
  const who: Leaf[] = answered ? [italic(` · ${nameOf(answered.by, model.names)}`)] : [];
  return labelled(questionNames[question], ...answerLeaves(model, question), ...who);
}

function answerLeaves(model: ViewModel, question: Question): Leaf[] {
  const said = answerInWords(model.incident.assessment, question);
  if (said.length === 0) return [italic("not answered")];
  return said.map((part) => text(shown(model, part)));
}

function shown(model: ViewModel, part: Said): string {
  if (typeof part === "string") return part;
  return "instant" in part ? clockOf(model, part.instant) : (plainWords(part, model.names) ?? "");
}

const serviceLines = ({ incident: { services } }: ViewModel, none?: string): Line[] =>
  services.length > 0
    ? [labelled("Services", text(services.join(", ")))]
    : none === undefined
      ? []
      : [labelled("Services", italic(none))];

function proposalBlocks({ incident }: ViewModel) {
  const { proposal } = incident.assessment;
  if (!proposal || !isOpen(incident)) return [];
  const { severity, reason } = proposal;
  const { number } = incident;
  return [
    lines([[bold(`${severity} proposed: `), text(reason)]]),
    ...buttons([
      {
        label: `Accept ${severity}`,
        press: { do: "AcceptSeverity", incident: number, severity },
        style: "primary",
      },
      { label: "Choose another", press: { do: "OpenSeverity", incident: number } },
    ]),
  ];
}

/** What should not be talked about here belongs into a private incident, which this one cannot become. */
function securityBlocks({ incident }: ViewModel) {
  const isSecurity = incident.assessment.businessImpact?.answers?.includes("security") ?? false;
  if (!isSecurity || incident.private || !isOpen(incident)) return [];
  return [
    lines([
      [
        italic(
          "Security: everybody can read this channel. What only a few should know belongs into a private incident.",
        ),
      ],
    ]),
    ...buttons([
      {
        label: "Start a private incident",
        press: { do: "OpenDeclare", command: "/incident", private: true },
      },
    ]),
  ];
}

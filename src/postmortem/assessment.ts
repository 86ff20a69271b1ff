import type { ListItem, PhrasingContent } from "mdast";
import { answerInWords, questionNames, type Said } from "../domain/assessment/answers-in-words.ts";
import { type Assessment, type Question, questions } from "../domain/assessment/state.ts";
import type { Incident } from "../domain/incident.ts";
import type { Words } from "../domain/words.ts";
import { type Material, nameOf, readingOf, wordsInline } from "./material.ts";
import { item, paragraph, strong, text } from "./nodes.ts";
import { clockOn } from "./times.ts";

/** What was answered to the four questions, one to a line, with the services it was about. */
export function assessmentItems(material: Material): ListItem[] {
  const { services } = material.incident;
  const assessment = besidesImpact(material.incident);
  const answered = questions.flatMap((question) => {
    const said = answerInWords(assessment, question);
    return said.length > 0
      ? [
          line(
            questionNames[question],
            said.flatMap((part) => shown(part, material)),
          ),
        ]
      : [];
  });
  return [...answered, ...(services.length > 0 ? [line("Services", [text(services.join(", "))])] : [])];
}

/** The sentence about users is the impact itself, mostly, and stands above. */
function besidesImpact({ assessment, impact }: Incident): Assessment {
  const { userImpact } = assessment;
  const isSaid = userImpact?.said && impact && userImpact.said.words === impact.words;
  return isSaid ? { ...assessment, userImpact: { ...userImpact, said: null } } : assessment;
}

const line = (name: string, value: PhrasingContent[]): ListItem =>
  item(paragraph(strong(`${name}:`), text(" "), ...value));

function shown(part: Said, material: Material): PhrasingContent[] {
  const reading = readingOf(material);
  if (typeof part === "string") return [text(part)];
  if ("instant" in part) return [text(clockOn(part.instant, reading.zone, material.incident.started.at))];
  return wordsInline(part, reading);
}

/** The answers for programs; null for a question that nobody has answered. */
export function assessmentJson(material: Material, plain: (words: Words | null) => string | null) {
  const { assessment, services } = material.incident;
  const reading = readingOf(material);
  const { userImpact, businessImpact, scope, trend } = assessment;
  const given = (question: Question) => {
    const answered = assessment[question];
    return answered && { by: nameOf(answered.by, reading), at: new Date(answered.at).toISOString() };
  };
  return {
    services,
    assessment: {
      userImpact: userImpact && {
        answer: userImpact.answer,
        users: userImpact.users,
        said: plain(userImpact.said),
        ...given("userImpact"),
      },
      businessImpact: businessImpact && {
        answers: businessImpact.answers,
        amount: plain(businessImpact.amount),
        said: plain(businessImpact.said),
        ...given("businessImpact"),
      },
      scope: scope && { answer: scope.answer, ...given("scope") },
      trend: trend && {
        answer: trend.answer,
        since: trend.since === null ? null : new Date(trend.since).toISOString(),
        ...given("trend"),
      },
    },
  };
}

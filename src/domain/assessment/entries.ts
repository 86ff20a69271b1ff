import { actorName } from "../actor.ts";
import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import { formatTime } from "../time.ts";
import { escapeText, type Words } from "../words.ts";
import { answerInWords, questionNames, type Said } from "./answers-in-words.ts";
import type { AssessmentEvent } from "./events.ts";
import { type Assessment, notAssessed, questions } from "./state.ts";

/** Each change of the answers; that they were asked for again is not among what happened to users. */
export function entriesOfAssessment(
  _incident: Incident,
  event: AssessmentEvent,
  recordedAt: number,
): TimelineEntry[] {
  const { at, actor: by } = event;
  const told = (parts: (string | Words)[]): TimelineEntry[] => [
    { kind: "told", at, recordedAt, by, parts: [...parts, ` (${actorName(by, (user) => `<@${user}>`)})`] },
  ];
  switch (event.type) {
    case "AssessmentAnswered": {
      const changed = questions.filter((question) => event.data[question] !== undefined);
      const answers = answersOf(event);
      return told(
        changed.flatMap((question, index) => {
          const said = answerInWords(answers, question);
          const name = `${index === 0 ? "" : "; "}${questionNames[question]}: `;
          return [name, ...(said.length > 0 ? said.map(asPart) : ["answer taken back"])];
        }),
      );
    }
    case "ServicesChanged": {
      const { services } = event.data;
      return told([`Affected services: ${services.length > 0 ? escapeText(services.join(", ")) : "none"}`]);
    }
    case "AssessmentAskedAgain":
      return [];
    default:
      return event satisfies never;
  }
}

/** Whoever shows an instant knows the zone; in case it is not understood, it is there in UTC. */
const asPart = (part: Said): string | Words => {
  if (typeof part === "string") return escapeText(part);
  if (!("instant" in part)) return part;
  const seconds = Math.floor(part.instant / 1000);
  return `<!date^${seconds}^{time}|${formatTime(part.instant, "UTC")} UTC>`;
};

function answersOf({
  at,
  actor: by,
  data,
}: Extract<AssessmentEvent, { type: "AssessmentAnswered" }>): Assessment {
  const { userImpact, businessImpact, scope, trend } = data;
  return {
    ...notAssessed,
    userImpact: userImpact ? { ...userImpact, at, by } : null,
    businessImpact: businessImpact ? { ...businessImpact, at, by } : null,
    scope: scope ? { ...scope, at, by } : null,
    trend: trend ? { ...trend, at, by } : null,
  };
}

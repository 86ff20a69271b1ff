import { answerInWords, type Said, usersAffected } from "../assessment/answers-in-words.ts";
import { type Incident, reference } from "../incident.ts";
import { formatClock } from "../time.ts";
import type { UpdateLines } from "../update.ts";
import { type AudienceVariable, audienceVariables } from "./audience-variables.ts";
import { knownDataLoss } from "./impact.ts";
import { renderUpdateLines } from "./update-text.ts";

type Facts = Pick<Incident, "number" | "title" | "severity" | "assessment" | "resolved">;

const notRecorded = "not recorded";

/** The template's lines for an audience, with the facts in them; encoded as words are. */
export function renderAudienceLines(
  incident: Facts,
  lines: UpdateLines,
  template: string,
  zone: string,
  now: number,
): string[] {
  const filled = template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    isOwn(name) ? guarded(valueOf(name, incident, zone, now)) : whole,
  );
  return renderUpdateLines(lines, filled, zone, now).map((line) => line.replaceAll(brace, "{"));
}

type OwnVariable = Exclude<
  AudienceVariable,
  "status" | "impact" | "started" | "currentAction" | "nextUpdate"
>;

const ofUpdates = new Set(["status", "impact", "started", "currentAction", "nextUpdate"]);
const isOwn = (name: string): name is OwnVariable =>
  !ofUpdates.has(name) && audienceVariables.some((each) => each === name);

/** Stands for a brace that somebody wrote, which must not be read as a variable of the template. */
const brace = "\uE000";
const guarded = (value: string): string => value.replaceAll("{", brace).replaceAll("\n", " ");

function valueOf(name: OwnVariable, incident: Facts, zone: string, now: number): string {
  const { assessment } = incident;
  switch (name) {
    case "incident":
      return reference(incident);
    case "title":
      return incident.title.body ?? "erased";
    case "severity":
      return incident.severity;
    case "users": {
      const { answer = null, users = null } = assessment.userImpact ?? {};
      return usersAffected(answer, users) ?? notRecorded;
    }
    case "business":
      return inText(answerInWords(assessment, "businessImpact"), zone, now);
    case "scope":
      return inText(answerInWords(assessment, "scope"), zone, now);
    case "trend":
      return inText(answerInWords(assessment, "trend"), zone, now);
    case "dataLoss":
      return knownDataLoss(incident) ?? "not established";
    default:
      return name satisfies never;
  }
}

function inText(parts: readonly Said[], zone: string, now: number): string {
  const said = parts.map((part) => {
    if (typeof part === "string") return part;
    return "instant" in part ? formatClock(part.instant, zone, now) : (part.body ?? "erased");
  });
  return said.join("") || notRecorded;
}

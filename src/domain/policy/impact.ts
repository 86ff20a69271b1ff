import { scopeNames, usersAffected } from "../assessment/answers-in-words.ts";
import type { Incident } from "../incident.ts";
import type { DataLoss } from "../vocab.ts";
import { type Words, words } from "../words.ts";

type Assessed = Pick<Incident, "number" | "assessment">;

/** Begins the id of words that Sitrep made of answers; nobody wrote them, so the next answers replace them. */
const derived = (number: number): string => `assessed-${number}-`;

/**
 * The impact as the four questions were answered, in words: somebody's own sentence where there is one. Null while they say
 * nothing about users or scope. The same answers make the same words under the same id.
 */
export function assessedImpact({ number, assessment }: Assessed): { impact: Words; at: number } | null {
  const { userImpact, scope } = assessment;
  if (userImpact?.said?.body) return { impact: userImpact.said, at: userImpact.at };
  const users = usersAffected(userImpact?.answer ?? null, userImpact?.users ?? null);
  const wide = scope?.answer ? scopeNames[scope.answer] : null;
  const said = [users, wide].filter((each) => each !== null).join(", ");
  if (said === "") return null;
  const id = `${derived(number)}${userImpact?.answer}-${userImpact?.users}-${scope?.answer}`;
  return { impact: words(id, said), at: Math.max(userImpact?.at ?? 0, scope?.at ?? 0) };
}

/** Whether words come from the answers, not from somebody who stated the impact. */
export const isAssessedImpact = ({ number, assessment }: Assessed, impact: Words): boolean =>
  impact.words.startsWith(derived(number)) || impact.words === assessment.userImpact?.said?.words;

/** What is known of the impact: as it was stated, else as it was assessed. */
export const knownImpact = (incident: Pick<Incident, "impact"> & Assessed): Words | null =>
  incident.impact ?? assessedImpact(incident)?.impact ?? null;

/**
 * Whether data was lost: what was said when resolving, else that it was among the business impact. That nobody named it there
 * is no statement that none was lost. Null: not established.
 */
export function knownDataLoss({
  resolved,
  assessment,
}: Pick<Incident, "resolved" | "assessment">): DataLoss | null {
  if (resolved?.dataLoss) return resolved.dataLoss;
  return assessment.businessImpact?.answers?.includes("dataLoss") ? "yes" : null;
}

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
function assessedImpact({ number, assessment }: Assessed): Words | null {
  const { userImpact, scope } = assessment;
  if (userImpact?.said) return userImpact.said;
  const users = usersAffected(userImpact?.answer ?? null, userImpact?.users ?? null);
  const wide = scope?.answer ? scopeNames[scope.answer] : null;
  const said = [users, wide].filter((each) => each !== null).join(", ");
  if (said === "") return null;
  const id = `${derived(number)}${userImpact?.answer}-${userImpact?.users}-${scope?.answer}`;
  return words(id, said);
}

/** When the answers were given that make the impact. */
export const impactAssessedAt = ({ assessment: { userImpact, scope } }: Assessed): number =>
  Math.max(userImpact?.at ?? 0, userImpact?.said ? 0 : (scope?.at ?? 0));

/** Whether words come from the answers, not from somebody who stated the impact. */
export const isAssessedImpact = ({ number, assessment }: Assessed, impact: Words): boolean =>
  impact.words.startsWith(derived(number)) || impact.words === assessment.userImpact?.said?.words;

/** What stands as the impact: as somebody stated it in an update or when declaring, else as it is assessed now. */
export const impactAfter = (before: Pick<Incident, "impact"> & Assessed, now: Assessed): Words | null =>
  before.impact && !isAssessedImpact(before, before.impact) ? before.impact : assessedImpact(now);

/**
 * Whether data was lost: what was said when resolving, else that it was among the business impact. That nobody named it there
 * is no statement that none was lost. Null: not established.
 */
export function knownDataLoss({
  resolved,
  assessment,
}: Pick<Incident, "resolved" | "assessment">): Exclude<DataLoss, "unknown"> | null {
  const said = resolved?.dataLoss ?? null;
  if (said !== null) return said === "unknown" ? null : said;
  return assessment.businessImpact?.answers?.includes("dataLoss") ? "yes" : null;
}

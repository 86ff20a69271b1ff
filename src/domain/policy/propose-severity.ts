import { businessImpactNames, scopeReasons, usersInWords } from "../assessment/answers-in-words.ts";
import type { Assessment, Proposal } from "../assessment/state.ts";
import type { SeverityRow } from "../rules.ts";
import { businessImpacts, scopes, type Trend, type UserImpact } from "../vocab.ts";

/** The answers as far as a severity follows from them. */
export type Answers = Pick<Assessment, "userImpact" | "businessImpact" | "scope" | "trend">;

/** Who knows nothing should neither calm nor alarm: `unknown` weighs as much as `some`. */
const userWeights: Readonly<Record<UserImpact, number>> = {
  none: 0,
  few: 1,
  some: 2,
  unknown: 2,
  many: 3,
  most: 4,
};
const trendWeights: Readonly<Record<Trend, number>> = { improving: 0, stable: 1, worsening: 2 };

/**
 * The severity of the table's first row that fits, and why. An unanswered question weighs as its least answer, so each further
 * answer leaves it or makes it worse, as long as the table's rows go from the worst severity to the mildest.
 */
export function proposeSeverity(table: readonly SeverityRow[], answers: Answers): Proposal | null {
  const row = table.find((each) => fits(each, answers));
  return row ? { severity: row.severity, reason: reasonOf(answers) } : null;
}

function fits({ when }: SeverityRow, { userImpact, businessImpact, scope, trend }: Answers): boolean {
  const users = userWeights[userImpact?.answer ?? "none"];
  const width = scope?.answer ? scopes.indexOf(scope.answer) : 0;
  const business = businessImpact?.answers ?? [];
  const course = trendWeights[trend?.answer ?? "improving"];
  return (
    (when.users === undefined || users >= userWeights[when.users]) &&
    (when.scope === undefined || width >= scopes.indexOf(when.scope)) &&
    (when.business === undefined || when.business.some((each) => business.includes(each))) &&
    (when.trend === undefined || course >= trendWeights[when.trend])
  );
}

/** `many users, one service (contained), stable` */
function reasonOf({ userImpact, businessImpact, scope, trend }: Answers): string {
  const business = businessImpact?.answers ?? [];
  const parts = [
    userImpact?.answer && usersInWords[userImpact.answer],
    ...businessImpacts.filter((each) => business.includes(each)).map((each) => businessImpactNames[each]),
    scope?.answer && scopeReasons[scope.answer],
    trend?.answer,
  ].filter((each) => typeof each === "string");
  return parts.length === 0 ? "nothing answered yet" : parts.join(", ");
}

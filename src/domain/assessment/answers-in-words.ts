import type { BusinessImpact, Scope, UserImpact } from "../vocab.ts";
import type { Words } from "../words.ts";
import type { Assessment, Question } from "./state.ts";

/** The four questions and their answers as people read them, wherever they stand. */

export const questionNames: Readonly<Record<Question, string>> = {
  userImpact: "User impact",
  businessImpact: "Business impact",
  scope: "Scope",
  trend: "Trend",
};

/** As an answer to *what share of the users?*. */
export const userImpactNames: Readonly<Record<UserImpact, string>> = {
  none: "none",
  few: "a few (under 1 %)",
  some: "some (1–10 %)",
  many: "many (10–50 %)",
  most: "most (over 50 %)",
  unknown: "unknown",
};

export const businessImpactNames: Readonly<Record<BusinessImpact, string>> = {
  degraded: "degraded experience",
  revenue: "revenue loss",
  sla: "SLA breach",
  dataLoss: "data loss or corruption",
  security: "security",
};

export const scopeNames: Readonly<Record<Scope, string>> = {
  feature: "one feature",
  service: "one service",
  services: "several services",
  system: "entire system",
};

/** Within a sentence. */
export const usersInWords: Readonly<Record<UserImpact, string>> = {
  none: "no users",
  few: "a few users",
  some: "some users",
  many: "many users",
  most: "most users",
  unknown: "an unknown share of users",
};

const shares: Readonly<Partial<Record<UserImpact, string>>> = {
  few: "under 1 %",
  some: "1–10 %",
  many: "10–50 %",
  most: "over 50 %",
};

/** `many users (10–50 %, 500 users)`; null where neither share nor number is known. */
export function usersAffected(answer: UserImpact | null, users: number | null): string | null {
  const share = answer === null ? undefined : shares[answer];
  const count = users === null ? undefined : `${formatCount(users)} users`;
  if (answer === null || answer === "unknown") return count ?? (answer && usersInWords[answer]);
  const more = [share, count].filter((each) => each !== undefined);
  return more.length === 0 ? usersInWords[answer] : `${usersInWords[answer]} (${more.join(", ")})`;
}

/** `12,000` */
const formatCount = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** Part of a line: own text, what somebody wrote, or an instant that the reader's zone makes a clock time of. */
export type Said = string | Words | { instant: number };

/** An answer as a line's parts; empty: nothing was said to that question. */
export function answerInWords(assessment: Assessment, question: Question): Said[] {
  switch (question) {
    case "userImpact": {
      const { answer = null, users = null, said = null } = assessment.userImpact ?? {};
      return sentence(
        [answer && userImpactNames[answer], users !== null && `${formatCount(users)} users`],
        said,
      );
    }
    case "businessImpact": {
      const { answers = null, amount = null, said = null } = assessment.businessImpact ?? {};
      const named = answers && (answers.map((each) => businessImpactNames[each]).join(", ") || "none");
      const withAmount: Said[] = !amount ? [] : named === null ? [amount] : [" (", amount, ")"];
      const first: Said[] = [...(named === null ? [] : [named]), ...withAmount];
      return said ? [...first, ...(first.length > 0 ? [": "] : []), said] : first;
    }
    case "scope": {
      const answer = assessment.scope?.answer ?? null;
      return answer === null ? [] : [scopeNames[answer]];
    }
    case "trend": {
      const { answer = null, since = null } = assessment.trend ?? {};
      const when: Said[] = since === null ? [] : [answer === null ? "since " : " since ", { instant: since }];
      return [...(answer === null ? [] : [answer]), ...when];
    }
    default:
      return question satisfies never;
  }
}

function sentence(facts: (string | null | false)[], said: Words | null): Said[] {
  const first = facts.filter((each) => each !== null && each !== false).join(", ");
  if (!said) return first === "" ? [] : [first];
  return first === "" ? [said] : [`${first}: `, said];
}

/** As the reason of a severity: `one service (contained)`. */
export const scopeReasons: Readonly<Record<Scope, string>> = {
  ...scopeNames,
  feature: "one feature (contained)",
  service: "one service (contained)",
};

/** What a finding is about. The first three are found by default, the others with `strict`. */
export const findingClasses = [
  "person-as-cause",
  "failure-to-act",
  "should-have",
  "judgement",
  "hindsight",
  "single-cause",
] as const;
export type FindingClass = (typeof findingClasses)[number];

/** A rewriting that asks about the system. */
export const suggestions: Readonly<Record<FindingClass, string>> = {
  "person-as-cause":
    "Say what made it possible: “The deployment process did not catch …”, “The tool accepted … without a warning”.",
  "failure-to-act":
    "Ask what would have made it happen: “Nothing in the review showed that …”, “The alert did not reach whoever was on call because …”.",
  "should-have":
    "Say what was known at that time and what was missing: “At 14:30 the dashboard did not show …”.",
  judgement: "Leave the judgement out and say what happened, and what made it the sensible thing to do.",
  hindsight:
    "Say what people could see at the time; what became clear later belongs under “What To Improve”.",
  "single-cause":
    "Several things had to come together: list what contributed, and what would have stopped it.",
};

import { templateVariables } from "./update-text.ts";

/** What the template of an audience may name, in braces: the five lines of an update, and what was assessed. */
export const audienceVariables = [
  ...templateVariables,
  "incident",
  "title",
  "severity",
  "users",
  "business",
  "scope",
  "trend",
  "dataLoss",
] as const;
export type AudienceVariable = (typeof audienceVariables)[number];

/** What the template of a webhook may name, in braces. Of a private incident all but the first four are empty. */
export const webhookVariables = [
  "act",
  "key",
  "at",
  "summary",
  "incident",
  "title",
  "severity",
  "status",
  "impact",
  "services",
  "message",
  "reason",
  "declared",
  "link",
] as const;
export type WebhookVariable = (typeof webhookVariables)[number];
export const isWebhookVariable = (name: string): name is WebhookVariable =>
  webhookVariables.some((each) => each === name);

import { createHmac } from "node:crypto";
import type { WebhookFacts } from "../domain/policy/webhook-text.ts";
import { isWebhookVariable } from "../domain/policy/webhook-variables.ts";
import type { Sent } from "./send.ts";
import type { WebhookTarget } from "./target.ts";

const json = "application/json; charset=utf-8";

/**
 * A body that its receiver can tell for ours: the signature is the HMAC-SHA256 of `v1:<timestamp>:<body>`.
 * @param now wire seconds
 */
export function signedRequest(
  { url, secret, template }: Extract<WebhookTarget, { type: "http" }>,
  facts: WebhookFacts,
  idempotencyKey: string,
  now: number,
): Sent {
  const body = template ? filled(template, facts) : JSON.stringify(present(facts));
  const type = template && !template.isJson ? "text/plain; charset=utf-8" : json;
  const signature = createHmac("sha256", secret).update(`v1:${now}:${body}`).digest("hex");
  return {
    url,
    body,
    headers: {
      "content-type": type,
      "idempotency-key": idempotencyKey,
      "x-sitrep-timestamp": String(now),
      "x-sitrep-signature": `v1=${signature}`,
    },
  };
}

const present = (facts: WebhookFacts): object =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ""));

/** In JSON the variables stand within quotes, so that what people wrote cannot end them. */
const filled = ({ text, isJson }: { text: string; isJson: boolean }, facts: WebhookFacts): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    if (!isWebhookVariable(name)) return whole;
    return isJson ? JSON.stringify(facts[name]).slice(1, -1) : facts[name];
  });

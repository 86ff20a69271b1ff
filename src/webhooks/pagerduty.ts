import type { WebhookFacts } from "../domain/policy/webhook-text.ts";
import type { Severity } from "../domain/vocab.ts";
import type { Sent } from "./send.ts";
import type { WebhookTarget } from "./target.ts";

/** https://developer.pagerduty.com/docs/events-api-v2-overview; regions have an address of their own. */
const longestSummary = 1024;
const severities: Record<Severity, string> = {
  SEV1: "critical",
  SEV2: "error",
  SEV3: "warning",
  SEV4: "info",
};
const isSeverity = (word: string): word is Severity => Object.hasOwn(severities, word);

/** An event of PagerDuty's Events API v2: https://github.com/PagerDuty/api-schema, `reference/events-v2`. */
export function pagerdutyEvent(
  { url, routingKey }: Extract<WebhookTarget, { type: "pagerduty" }>,
  facts: WebhookFacts,
): Sent {
  const event = { routing_key: routingKey, event_action: facts.act, dedup_key: facts.key };
  const body = facts.act === "trigger" ? { ...event, ...alert(facts) } : event;
  return { url, body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

function alert(facts: WebhookFacts): object {
  const { summary, severity, services, link, at } = facts;
  const { act: _act, key: _key, at: _at, summary: _summary, link: _link, ...rest } = facts;
  const details = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  return {
    payload: {
      summary: summary.length <= longestSummary ? summary : `${summary.slice(0, longestSummary - 1)}…`,
      source: "Sitrep",
      // Of a private incident it is not told how bad it is: then it is as bad as can be.
      severity: isSeverity(severity) ? severities[severity] : "critical",
      timestamp: at,
      ...(services !== "" && { component: services }),
      ...(Object.keys(details).length > 0 && { custom_details: details }),
    },
    client: "Sitrep",
    ...(link !== "" && { client_url: link, links: [{ href: link, text: "The incident's channel" }] }),
  };
}

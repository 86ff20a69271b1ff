import type { FetchFunction, WebClient } from "@slack/web-api";
import type { Clock } from "../../clock.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Rules } from "../../domain/rules.ts";
import type { Store } from "../../store/port.ts";
import type { Announcements } from "../lookup/announcements.ts";

/** What the performing of each effect is given. */
export interface Stage {
  client: WebClient;
  store: Pick<Store, "incident" | "incidentOfChannel" | "message" | "people">;
  rules: Rules;
  clock: Clock;
  auth: { botUserId: string; teamUrl: string };
  /** For addresses that are no Web API methods: response URLs, uploads. */
  fetch: FetchFunction;
  /** Wire milliseconds until such a request counts as lost. */
  timeout: number;
  exportPostmortem: (incident: number) => Promise<{ filename: string; markdown: string } | undefined>;
  announcements: Announcements;
  /** Channels that were joined by this process. */
  joined: Set<string>;
}

export const skipped = (why: string) => ({ as: "skipped", why }) as const;

/** The incident with its channel, or why nothing can be shown in it. */
export async function opened(
  stage: Stage,
  number: number,
): Promise<{ incident: Incident; channel: string } | { why: string }> {
  const incident = await stage.store.incident(number);
  if (!incident) return { why: "the incident is not there" };
  return incident.channel
    ? { incident, channel: incident.channel.id }
    : { why: "the incident has no channel" };
}

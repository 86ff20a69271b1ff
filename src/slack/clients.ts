import type { Logger } from "@slack/bolt";
import { type FetchFunction, WebClient, type WebClientOptions } from "@slack/web-api";

export interface ClientNeeds {
  botToken: string;
  /** Undefined: Slack's own. */
  apiUrl: string | undefined;
  fetch: FetchFunction;
  logger: Logger;
  /** Wire milliseconds until a call counts as lost. */
  timeout: number;
}

/**
 * No call is repeated behind our back: ten retries, the default, post a message twice when only the answer was lost. Nor does
 * a rate limit on one method hold back the others, as the default does for the whole client (measured with
 * @slack/web-api 8.2).
 */
export const clientOptions = ({ apiUrl, fetch, logger, timeout }: ClientNeeds): WebClientOptions => ({
  ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  fetch,
  logger,
  timeout,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
});

export interface Clients {
  /** For effects. */
  dispatch: WebClient;
  /** For calls that a person waits for; its queue is never behind the outbox's. */
  interactive: WebClient;
}

export function createClients(needs: ClientNeeds): Clients {
  const client = () => new WebClient(needs.botToken, clientOptions(needs));
  return { dispatch: client(), interactive: client() };
}

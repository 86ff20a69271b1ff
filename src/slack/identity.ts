import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { SlackLog } from "./bolt-logger.ts";
import { ask, CallFailed } from "./calls.ts";

/** Who the bot is in Slack. */
export interface Identity {
  botId: string;
  botUserId: string;
  teamId: string;
  /** `https://acme.slack.com/` */
  teamUrl: string;
  /** Granted to the token. */
  scopes: string[];
}

/** Why Sitrep cannot start, in one sentence for whoever starts it. */
export interface StartFault {
  fault: string;
}

const answerSchema = z.object({
  url: z.string(),
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().optional(),
});

const longestWait = 60_000;

/**
 * Asks until Slack answers, so that the bot can be started while Slack is away. A definite refusal is a fault. Bolt's own
 * question is not used: it keeps a failed answer for ever (measured with Bolt 5.1).
 * @returns undefined when `signal` aborted first
 */
export async function learnIdentity(
  client: WebClient,
  clock: Clock,
  log: SlackLog,
  signal?: AbortSignal,
): Promise<Identity | StartFault | undefined> {
  for (let attempt = 0; !signal?.aborted; attempt++) {
    try {
      return identityIn(await ask({ client }, "auth.test", {}));
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const { failure } = error;
      if (failure.kind === "token" || failure.kind === "refused") return botTokenFault(failure.error);
      const wanted = failure.kind === "limited" ? (failure.after ?? 0) : 0;
      const wait = Math.max(wanted, Math.min(longestWait, 1000 * 2 ** Math.min(attempt, 10)));
      log.warn({ error: failure.error, again: wait }, "Slack does not answer auth.test; asking again");
      await clock.sleepUntil(clock.now() + wait, "dispatch", signal);
    }
  }
  return undefined;
}

function identityIn(answer: { response_metadata?: { scopes?: string[] } }): Identity | StartFault {
  const { url, team_id, user_id, bot_id } = answerSchema.parse(answer);
  if (bot_id === undefined) return botTokenFault("not_allowed_token_type");
  const scopes = answer.response_metadata?.scopes ?? [];
  return { botId: bot_id, botUserId: user_id, teamId: team_id, teamUrl: url, scopes };
}

function botTokenFault(code: string): StartFault {
  switch (code) {
    case "not_allowed_token_type":
      return {
        fault:
          "SLACK_BOT_TOKEN is no bot token: copy the Bot User OAuth Token (xoxb-…) from the app's page OAuth & Permissions.",
      };
    case "account_inactive":
    case "token_revoked":
    case "user_removed_from_team":
      return {
        fault: `SLACK_BOT_TOKEN was revoked (${code}): install the app again and copy its new Bot User OAuth Token.`,
      };
    case "token_expired":
      return {
        fault:
          "SLACK_BOT_TOKEN has expired: token rotation is on for the app, which Sitrep does not use; create an app without it.",
      };
    case "invalid_auth":
    case "not_authed":
      return {
        fault: `Slack does not accept SLACK_BOT_TOKEN (${code}): copy the Bot User OAuth Token (xoxb-…) from the app's page OAuth & Permissions.`,
      };
    default:
      return { fault: `Slack refuses SLACK_BOT_TOKEN: ${code}.` };
  }
}

export function appTokenFault(code: string): StartFault {
  const where = "the app's page Basic Information, App-Level Tokens";
  switch (code) {
    case "missing_scope":
      return {
        fault: `SLACK_APP_TOKEN lacks the scope connections:write: make one that has it on ${where}.`,
      };
    case "not_allowed_token_type":
      return { fault: `SLACK_APP_TOKEN is no app-level token: copy one (xapp-…) from ${where}.` };
    default:
      return { fault: `Slack does not accept SLACK_APP_TOKEN (${code}): copy one (xapp-…) from ${where}.` };
  }
}

import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { SlackLog } from "./bolt-logger.ts";
import { ask, CallFailed } from "./calls.ts";
import { botTokenFault, type StartFault } from "./token-faults.ts";

export const identitySchema = z.object({
  botId: z.string(),
  botUserId: z.string(),
  teamId: z.string(),
  /** `https://acme.slack.com/` */
  teamUrl: z.string(),
  /** Granted to the token. */
  scopes: z.array(z.string()),
});
/** Who the bot is in Slack. */
export type Identity = z.infer<typeof identitySchema>;

/** Who the bot is, and whether Slack has said so now or at an earlier start. */
export interface Learned {
  identity: Identity;
  isConfirmed: boolean;
  /** Slack refuses the token now, in a sentence. */
  refused: string | null;
}

const answerSchema = z.object({
  url: z.string(),
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().optional(),
});

const longestWait = 60_000;

/** Ms until Slack is asked again after so many attempts in vain. */
export const pauseAfter = (attempt: number): number =>
  Math.min(longestWait, 1000 * 2 ** Math.min(attempt, 10));

export interface Learning {
  client: WebClient;
  clock: Clock;
  log: SlackLog;
  signal?: AbortSignal | undefined;
  /** Who the bot was when it last started with this token: good enough while Slack does not say. */
  remembered?: Identity | undefined;
  /** What is under way counts as such; the pauses do not. */
  during?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
  /** Told whenever it has to wait, or cannot be sure. */
  onTrouble?: (() => void) | undefined;
}

/**
 * Asks until Slack answers, so that the bot can be started while Slack is away; once, where it is remembered who the bot is.
 * A definite refusal of a token that never worked is a fault. Bolt's own question is not used: it keeps a failed answer for
 * ever (measured with Bolt 5.1).
 * @returns undefined when `signal` aborted first
 */
export async function learnIdentity({
  client,
  clock,
  log,
  signal,
  remembered,
  during = (work) => work(),
  onTrouble,
}: Learning): Promise<Learned | StartFault | undefined> {
  for (let attempt = 0; !signal?.aborted; attempt++) {
    try {
      const identity = identityIn(await during(() => ask({ client }, "auth.test", {})));
      return "fault" in identity ? identity : { identity, isConfirmed: true, refused: null };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const { failure } = error;
      const isRefused = failure.kind === "token" || failure.kind === "refused";
      if (isRefused && !remembered) return botTokenFault(failure.error);
      onTrouble?.();
      if (remembered) {
        log.warn({ error: failure.error }, "Slack does not say who the bot is; going on as it was known");
        const refused = isRefused ? botTokenFault(failure.error).fault : null;
        return { identity: remembered, isConfirmed: false, refused };
      }
      const wanted = failure.kind === "limited" ? (failure.after ?? 0) : 0;
      const wait = Math.max(wanted, pauseAfter(attempt));
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

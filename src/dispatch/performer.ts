import type { Command } from "../domain/command.ts";
import type { SlackEffect, WebhookEffect } from "../domain/effect.ts";
import type { ClaimedEffect, Person } from "../store/port.ts";

/**
 * Milliseconds for which Slack may still be at work on a call that nobody waits for any more: as long as one is waited for. What it
 * left is not looked for sooner.
 */
export const lingersFor = 10_000;

/** What came of performing an effect once. */
export type Performed =
  /** `result` is handled in the commit that settles the row. */
  | { as: "done"; result?: Command; people?: Person[]; meta?: Record<string, string> }
  /** A part of it: the rest is due at once, and `meta` says where to go on. */
  | { as: "more"; result?: Command; people?: Person[]; meta: Record<string, string> }
  /** No longer wanted, or already so. */
  | { as: "skipped"; why: string }
  /**
   * Try again. `sure`: it certainly had no effect. `after`: what Retry-After asked for, in ms. `pause`: what else must
   * wait: only this row, every effect that uses `method`, or all of them (Slack unreachable, token revoked). `broken`: no answer
   * came, or one that something at Slack's end is broken, which may be this method or all of Slack. `unasked`: Slack had asked
   * to wait, so it was not called. `lingers`: it may take effect yet, so that this row alone waits for `lingersFor`. `note` is handled
   * in the commit that puts the row back; it must not be refused.
   */
  | {
      as: "retry";
      error: string;
      sure: boolean;
      after?: number;
      pause: "row" | "method" | "all";
      method?: string;
      broken?: true;
      unasked?: true;
      lingers?: true;
      note?: Command;
    }
  /**
   * It waits until its channel or its person can be reached again. `seen` is the version of the incident that says they cannot,
   * `result` what was found out just now; with neither Slack was not asked.
   */
  | { as: "held"; why: string; seen: number }
  | { as: "held"; why: string; result: Command }
  /**
   * Slack definitely refused. `sentence` says in words what could not be done; `channel`, where: by id, or by the name in the
   * configuration where there is none.
   */
  | { as: "dead"; error: string; sentence: string; channel?: string };

/** An effect that somebody has claimed and that Slack is asked for. */
export type SlackClaim = ClaimedEffect & { effect: SlackEffect };

/** One that another service is asked for. */
export type WebhookClaim = ClaimedEffect & { effect: WebhookEffect };

/** Carries out what goes to Slack. Never throws for what Slack may answer. */
export interface Performer {
  perform(claimed: SlackClaim): Promise<Performed>;
  /** Whether Slack answers at all, asked anew where effects fail again and again. */
  isThere(): Promise<boolean>;
  /** Whether what people do reaches Sitrep, and what they did before is being read. */
  hears(): boolean;
  /** Slack was away for long: what people did meanwhile may not have been heard. */
  isBack(): void;
  /** The main method of an effect and the lane (channel) in which it posts, for pacing; null where none applies. */
  paceOf(effect: SlackEffect): Promise<{ method: string | null; lane: string | null }>;
}

/** Carries out what goes elsewhere. Never throws for what that may answer. */
export interface WebhookPerformer {
  perform(claimed: WebhookClaim): Promise<Performed>;
}

/** Calls a minute that a method stands, by Slack's tiers (https://docs.slack.dev/apis/web-api/rate-limits). */
export type Tier = 1 | 2 | 3 | 4 | "special";

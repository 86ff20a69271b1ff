import type { FetchFunction } from "@slack/web-api";
import { z } from "zod";
import { codeFailure, failureOf, statusFailure } from "./errors.ts";

/** What became of asking `apps.connections.open`. */
export type Opening =
  | { as: "opened"; answer: Response }
  /** It passes; `after` is how many wire milliseconds Slack asks to wait. */
  | { as: "away"; why: string; after: number }
  | { as: "refused"; error: string };

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), url: z.string() }),
  z.object({ ok: z.literal(false), error: z.string().default("") }),
]);

export async function askToOpen(
  fetch: FetchFunction,
  ...[url, init]: Parameters<FetchFunction>
): Promise<Opening> {
  try {
    const response = await fetch(url, init);
    if (response.status !== 200) {
      const failure = statusFailure(response.status, response.headers.get("retry-after"));
      return away(failure.error, failure.kind === "limited" ? failure.after : 0);
    }
    const text = await response.text();
    const answer = answerSchema.safeParse(jsonOf(text));
    if (!answer.success) return away("an answer that is no JSON");
    if (answer.data.ok) return { as: "opened", answer: new Response(text) };
    const { kind, error } = codeFailure(answer.data.error);
    return kind === "limited" || kind === "uncertain" ? away(error) : { as: "refused", error };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return away(failure.error);
  }
}

const away = (why: string, after = 0): Opening => ({ as: "away", why, after });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { WebAPICallResult, WebClient } from "@slack/web-api";
import type { z } from "zod";
import { type Failure, failureOf } from "./errors.ts";
import type { MethodPauses } from "./method-pauses.ts";
import type { TokenWatch } from "./token-watch.ts";

export interface Caller {
  client: WebClient;
  /** Absent where a person waits for the call: it is made, and may be refused. */
  pauses?: MethodPauses;
  /** Told whether Slack takes our token. */
  token?: Pick<TokenWatch, "refused" | "taken"> | undefined;
}

/** A call that failed in a way Slack or the network can bring about. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly method: string;
  readonly failure: Failure;

  constructor(method: string, failure: Failure, cause?: unknown) {
    super(`${method}: ${failure.error}`, { cause });
    this.method = method;
    this.failure = failure;
  }
}

/** Whether Slack said no with one of these codes. */
export const isRefusal = (thrown: unknown, ...codes: readonly string[]): thrown is CallFailed =>
  thrown instanceof CallFailed && thrown.failure.kind === "refused" && codes.includes(thrown.failure.error);

/** @throws CallFailed for whatever Slack or the network answers but `ok: true` */
export async function ask(
  { client, pauses, token }: Caller,
  method: string,
  args: Record<string, unknown>,
): Promise<WebAPICallResult> {
  const held = pauses?.failureOf(method);
  if (held) throw new CallFailed(method, held);
  try {
    const answer = await client.apiCall(method, args);
    token?.taken();
    return answer;
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    if (failure.kind === "limited") pauses?.note(method, failure);
    if (failure.kind === "token") token?.refused(failure.error);
    throw new CallFailed(method, failure, error);
  }
}

/** As `ask`, with the part of the answer that is needed. An answer without it took effect, whatever it was. */
export async function askFor<T>(
  caller: Caller,
  method: string,
  args: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<T> {
  return read(method, schema, await ask(caller, method, args));
}

/** How far a list was read. */
export interface Trail {
  cursor: string;
}

/** The pages of a list, at most `most` of them. With the trail of an attempt that was cut short, it goes on where that ended. */
export async function* pages<T>(
  caller: Caller,
  method: string,
  args: Record<string, unknown>,
  schema: z.ZodType<T>,
  most: number,
  trail: Trail = { cursor: "" },
): AsyncGenerator<T> {
  for (let page = 0; page < most; page++) {
    const answer = await pageAt(caller, method, args, trail);
    yield read(method, schema, answer);
    trail.cursor = answer.response_metadata?.next_cursor ?? "";
    if (trail.cursor === "") return;
  }
}

async function pageAt(
  caller: Caller,
  method: string,
  args: Record<string, unknown>,
  trail: Trail,
): Promise<WebAPICallResult> {
  const { cursor } = trail;
  try {
    return await ask(caller, method, { ...args, ...(cursor !== "" && { cursor }) });
  } catch (error) {
    if (cursor === "" || !isRefusal(error, "invalid_cursor")) throw error;
    // Slack forgets them after a while. The list is read anew, no sooner than after a failure.
    trail.cursor = "";
    throw new CallFailed(method, { kind: "uncertain", error: "invalid_cursor" }, error);
  }
}

function read<T>(method: string, schema: z.ZodType<T>, answer: WebAPICallResult): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new CallFailed(method, { kind: "uncertain", error: "an answer of another shape" }, parsed.error);
}

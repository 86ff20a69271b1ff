import type { WebAPICallResult, WebClient } from "@slack/web-api";
import type { z } from "zod";
import { type Failure, failureOf } from "./errors.ts";

interface Caller {
  client: WebClient;
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
  { client }: Caller,
  method: string,
  args: Record<string, unknown>,
): Promise<WebAPICallResult> {
  try {
    return await client.apiCall(method, args);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
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

/** The pages of a list, at most `most` of them. */
export async function* pages<T>(
  caller: Caller,
  method: string,
  args: Record<string, unknown>,
  schema: z.ZodType<T>,
  most: number,
): AsyncGenerator<T> {
  let cursor = "";
  for (let page = 0; page < most; page++) {
    const answer = await ask(caller, method, { ...args, ...(cursor !== "" && { cursor }) });
    yield read(method, schema, answer);
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") return;
  }
}

function read<T>(method: string, schema: z.ZodType<T>, answer: WebAPICallResult): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new CallFailed(method, { kind: "uncertain", error: "an answer of another shape" }, parsed.error);
}

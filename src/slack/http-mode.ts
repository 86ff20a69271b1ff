import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { HTTPReceiver, type Logger } from "@slack/bolt";
import rawBody from "raw-body";
import { wireNow } from "../clock.ts";
import { arrivedOver } from "./arrival.ts";
import type { SlackLog } from "./bolt-logger.ts";
import { nothingSaved } from "./nothing-saved.ts";
import { signatureCheck } from "./signature.ts";

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

interface HttpMode {
  signingSecret: string;
  /** Wire milliseconds within which Slack must be answered. */
  ackBudget: number;
  logger: Logger;
  log: SlackLog;
}

/** How long Slack's own patience outlasts our budget, in wire milliseconds. */
const slacksRest = 400;
/** Bytes, as Bolt has it. */
const largest = 4 * 1024 * 1024;
const formType = "application/x-www-form-urlencoded";

/**
 * Bolt's receiver, and what stands before it: the check of signatures, which costs a tenth of Bolt's (it compares by two more
 * HMACs, under a new random key each time), and of what would end the process inside Bolt.
 */
export function httpMode({ signingSecret, ackBudget, logger, log }: HttpMode): {
  receiver: HTTPReceiver;
  /** Of `POST /slack/events` alone. */
  listener: RequestListener;
} {
  const receiver = new HTTPReceiver({
    signingSecret,
    signatureVerification: false,
    logger,
    customPropertiesExtractor: ({ socket }) =>
      arrivedOver({ isGone: () => socket.destroyed, afterwards: "nowhere" }),
    unhandledRequestTimeoutMillis: ackBudget + slacksRest,
    unhandledRequestHandler: ({ response }) => answer(response, 503),
    // True: the answer is given, Bolt need not wait for another.
    processEventErrorHandler: async ({ error, response }) => {
      // The store tells the log of itself, once and not for every input.
      if (nothingSaved(error) === undefined) log.error({ err: error }, "an input could not be taken");
      answer(response, 500);
      return true;
    },
  });
  const wrongSignature = signatureCheck(signingSecret);

  function refusal(request: IncomingMessage, body: Buffer): number | null {
    const why = wrongSignature(
      {
        timestamp: header(request, "x-slack-request-timestamp"),
        signature: header(request, "x-slack-signature"),
        body,
      },
      wireNow(),
    );
    if (why !== null) {
      log.warn({ why }, "a request to Slack's address was refused");
      return 401;
    }
    if (isAnObject(request, body)) return null;
    log.warn({}, "a request from Slack cannot be read");
    return 400;
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (typeof body === "number") {
      log.warn({ status: body }, "a request to Slack's address was not read");
      return answer(response, body);
    }
    // Slack tries the address without a signature: https://docs.slack.dev/interactivity/implementing-slash-commands
    if (isForm(request) && parse(body.toString())["ssl_check"] === "1") return answer(response, 200);
    const status = refusal(request, body);
    if (status !== null) return answer(response, status);
    receiver.requestListener(Object.assign(request, { rawBody: body }), response);
  }

  return {
    receiver,
    listener: (request, response) => {
      take(request, response).catch((err: unknown) => {
        log.error({ err }, "a request to Slack's address failed");
        answer(response, 500);
      });
    },
  };
}

/** Or the status that tells what is wrong with it. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | number> {
  try {
    return await rawBody(request, { limit: largest, length: request.headers["content-length"] ?? null });
  } catch (error) {
    const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
    return typeof status === "number" ? status : 400;
  }
}

/** Bolt asks what it has parsed for its parts, outside of anything that would catch the error. */
function isAnObject(request: IncomingMessage, body: Buffer): boolean {
  if (!isForm(request)) return beginsObject(body);
  const { payload } = parse(body.toString());
  return typeof payload !== "string" || beginsObject(Buffer.from(payload));
}

const [space, brace] = [0x20, 0x7b];
const beginsObject = (json: Buffer): boolean => json.find((byte) => byte > space) === brace;

// Word for word as Bolt tells it: what it took for a form, and this for JSON, would pass unseen.
const isForm = ({ headers }: IncomingMessage): boolean => headers["content-type"] === formType;

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

function answer(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status).end();
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { ResponseUrls } from "./response-urls.ts";

/** `POST /response/<id>` with a JSON body. */
export async function answerResponseUrl(
  responseUrls: ResponseUrls,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let raw: string;
  try {
    raw = await text(request);
  } catch {
    // The client went away in the middle of its body.
    response.destroy();
    return;
  }
  const answer =
    request.method === "POST"
      ? responseUrls.post(id, jsonOf(raw))
      : { status: 405, body: { ok: false, error: "invalid_post_type" } };
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(JSON.stringify(answer.body));
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

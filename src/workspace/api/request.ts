import type { IncomingMessage } from "node:http";

export interface ApiRequest {
  /** Undefined where none was given. */
  token: string | undefined;
  /** Strings from forms, any JSON from JSON bodies. */
  args: Map<string, unknown>;
  isJson: boolean;
  /** Of the content type; they make an answer's `warning`. */
  warnings: string[];
}

export async function readBody(req: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of req) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * Forms, multipart forms, and JSON with its token in the header: https://docs.slack.dev/apis/web-api
 * Errors: missing_post_type, invalid_post_type, invalid_form_data, invalid_json.
 */
export async function readRequest(
  req: IncomingMessage,
): Promise<{ ok: true; value: ApiRequest } | { ok: false; error: string }> {
  const body = await readBody(req);
  const contentType = req.headers["content-type"];
  const bearer = /^Bearer (.+)$/i.exec(req.headers.authorization ?? "")?.[1]?.trim();
  if (contentType === undefined) {
    if (body.byteLength > 0) return { ok: false, error: "missing_post_type" };
    return { ok: true, value: { token: bearer, args: new Map(), isJson: false, warnings: [] } };
  }
  const hasCharset = /charset=/i.test(contentType);
  switch (contentType.split(";")[0]?.trim().toLowerCase()) {
    case "application/json": {
      const args = parseObject(body);
      if (!args) return { ok: false, error: "invalid_json" };
      return {
        ok: true,
        value: { token: bearer, args, isJson: true, warnings: hasCharset ? [] : ["missing_charset"] },
      };
    }
    case "application/x-www-form-urlencoded":
    case "multipart/form-data": {
      const form = await new Response(body, { headers: { "content-type": contentType } })
        .formData()
        .catch(() => undefined);
      if (!form) return { ok: false, error: "invalid_form_data" };
      const args = new Map<string, unknown>([...form].filter(([name]) => name !== "token"));
      const field = form.get("token");
      const token = bearer ?? (typeof field === "string" && field !== "" ? field : undefined);
      return {
        ok: true,
        value: { token, args, isJson: false, warnings: hasCharset ? ["superfluous_charset"] : [] },
      };
    }
    default:
      return { ok: false, error: "invalid_post_type" };
  }
}

function parseObject(body: Uint8Array): Map<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
    return new Map(Object.entries(parsed));
  } catch {
    return undefined;
  }
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { cut, send, sendAnswer, sendBytes, sendFault, sendRateLimited } from "./api/reply.ts";
import { type ApiRequest, readRequest } from "./api/request.ts";
import { receiveUpload } from "./api/upload.ts";
import type { Fault, Faults } from "./faults.ts";
import { InFlight } from "./in-flight.ts";
import { commonErrors, methodTable } from "./methods.ts";
import { readArgs } from "./methods/args.ts";
import { type Answer, type Desks, hasAnyScope, type MethodRow, missingScope } from "./methods/contract.ts";
import type { IncidentClock } from "./model.ts";
import { RateLimits } from "./rate-limits.ts";

/** One call as listeners see it. The addresses of files go by the methods `upload` and `download` with the argument `file`. */
export interface ObservedCall {
  method: string;
  /** `before` it takes effect; `after`, with the answer that is about to leave (a fault may still replace it). */
  phase: "before" | "after";
  args: Record<string, unknown>;
  answer?: Answer;
}

/** What a call does, what is answered, and what follows from it. */
type Effect = () => { answer: Answer; reply: () => Promise<void>; afterwards?: (() => void)[] };

type CallListener = (call: ObservedCall) => void | Promise<void>;

export interface ApiOptions extends Desks {
  clock: IncidentClock;
  faults: Faults;
  /** `false` lets calls come at any pace. */
  rateLimits?: false;
}

export interface Api {
  /** Serves `POST /api/<method>`, `POST /upload/<file id>` and `GET /files-pri/…`; anything else is 404. Never rejects. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Each call waits for its listeners. Returns a function that stops listening. */
  onCall(listener: CallListener): () => void;
  /** No request is open, and what followed asynchronously from the last has happened. */
  isIdle(): boolean;
  idle(): Promise<void>;
}

/** Slack's Web API over a workspace: https://docs.slack.dev/apis/web-api */
export function createApi(options: ApiOptions): Api {
  const { state, faults } = options;
  const open = new InFlight();
  const limits = new RateLimits({ enabled: options.rateLimits !== false });
  const listeners = new Set<CallListener>();

  const tell = async (call: ObservedCall): Promise<void> => {
    for (const listener of listeners) await listener(call);
  };

  /** Runs `effect` between the listeners and the faults that were asked for, and sends what comes of it. */
  async function serve(
    res: ServerResponse,
    method: string,
    args: Record<string, unknown>,
    effect: Effect,
  ): Promise<void> {
    await tell({ method, phase: "before", args });
    const before = faults.take(method, "before");
    if (before) return sendFault(res, before, faults);
    const later = faults.take(method, "later");
    if (later) {
      void takesEffectLater(later, { method, args }, effect);
      return sendFault(res, later, faults);
    }
    const { answer, reply, afterwards = [] } = effect();
    await tell({ method, phase: "after", args, answer });
    const after = faults.take(method, "after");
    // What follows from the call must not wait for an answer that never leaves.
    const isSilent = after?.answer === "silence";
    if (isSilent) for (const work of afterwards) work();
    await (after ? sendFault(res, after, faults) : reply());
    if (!isSilent) for (const work of afterwards) work();
  }

  async function takesEffectLater(
    { laterBy = 5 }: Fault,
    call: Pick<ObservedCall, "method" | "args">,
    effect: Effect,
  ): Promise<void> {
    const { cleared } = faults;
    await options.clock.sleepUntil(options.clock.now() + laterBy * 1000, "dispatch", cleared);
    if (cleared.aborted) return;
    await open.during(async () => {
      const { answer, afterwards = [] } = effect();
      await tell({ ...call, phase: "after", answer });
      for (const work of afterwards) work();
    });
  }

  async function serveMethod(name: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const row = methodTable.get(name);
    if (!row) {
      state.complain(`unknown_method: ${name}`);
      return sendAnswer(res, { ok: false, error: "unknown_method", req_method: name });
    }
    const request = await readRequest(req);
    if (!request.ok) return sendAnswer(res, request);
    const headers = { ...scopeHeaders(row), "x-slack-req-id": state.ids.hex("request", 32) };
    await serve(res, name, structured(request.value.args), () => {
      const channel = request.value.args.get("channel");
      const retryAfter = limits.take(
        name,
        row.tier,
        options.clock.now(),
        typeof channel === "string" ? channel : undefined,
      );
      if (retryAfter !== undefined) {
        return { answer: { ok: false, error: "ratelimited" }, reply: () => sendRateLimited(res, retryAfter) };
      }
      const afterwards: (() => void)[] = [];
      const answer = withWarnings(answerOf(name, row, request.value, afterwards), request.value.warnings);
      return { answer, reply: () => sendAnswer(res, answer, headers), afterwards };
    });
  }

  function answerOf(name: string, row: MethodRow, request: ApiRequest, afterwards: (() => void)[]): Answer {
    const refusal = tokenRefusal(row, request.token) ?? scopeRefusal(row);
    if (refusal) return refusal;
    const { installation } = state;
    if (!installation) return { ok: false, error: "invalid_auth" };
    // A method that reads no JSON sees no arguments in it.
    const given = request.isJson && !row.json ? new Map<string, unknown>() : request.args;
    const read = readArgs(row.args, given);
    if (!read.ok) return read;
    // Bolt 5.1 adds team_id to whatever a listener calls (measured).
    for (const unknown of read.unknown.filter((arg) => arg !== "team_id")) {
      state.complain(`${name}: the argument ${unknown} is not known here`);
    }
    const answer = row.run({
      ...options,
      method: row,
      installation,
      args: read.args,
      later: (work) => afterwards.push(work),
    });
    if (!answer.ok && !row.errors.includes(answer.error) && !commonErrors.has(answer.error)) {
      state.complain(`${name}: answered ${answer.error}, which its table does not name`);
    }
    return answer;
  }

  function tokenRefusal(row: MethodRow, token: string | undefined): Answer | undefined {
    if (token === undefined) return { ok: false, error: "not_authed" };
    if (state.formerTokens.has(token)) return { ok: false, error: "token_revoked" };
    if (state.revoked !== undefined && token === state.installation?.botToken)
      return { ok: false, error: state.revoked };
    const tokens = { bot: state.installation?.botToken, app: state.installation?.appToken };
    if (token === tokens[row.token]) return undefined;
    const isOther = token === tokens.bot || token === tokens.app;
    return { ok: false, error: isOther ? "not_allowed_token_type" : "invalid_auth" };
  }

  function scopeRefusal(row: MethodRow): Answer | undefined {
    const { installation } = state;
    const { any, public: open, private: closed, im } = row.scopes;
    const needed = [any, open, closed, im].flatMap((scopes) => scopes ?? []);
    if (!installation || hasAnyScope({ installation }, needed)) return undefined;
    return missingScope({ installation }, needed);
  }

  function scopeHeaders(row: MethodRow): Record<string, string> {
    const { any, public: open, private: closed, im } = row.scopes;
    return {
      "x-oauth-scopes": [...(state.installation?.scopes ?? [])].join(","),
      "x-accepted-oauth-scopes": [any, open, closed, im].flatMap((scopes) => scopes ?? []).join(","),
    };
  }

  async function serveUpload(fileId: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    // Bytes are read first, so that a call's effect is one step between listeners and faults.
    const receive = await receiveUpload(req);
    await serve(res, "upload", { file: fileId }, () => {
      const { status, body } = receive(state, fileId);
      const answer: Answer = status === 200 ? { ok: true } : { ok: false, error: body };
      return { answer, reply: () => send(res, status, body, { "content-type": "text/plain" }) };
    });
  }

  /** https://docs.slack.dev/reference/objects/file-object#authentication: others are sent to a page for logging in. */
  async function serveFile(place: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const file = state.files.get(place.split("-").at(-1) ?? "");
    const { installation } = state;
    const isAllowed =
      installation !== undefined &&
      state.revoked === undefined &&
      req.headers.authorization === `Bearer ${installation.botToken}` &&
      hasAnyScope({ installation }, ["files:read"]);
    await serve(res, "download", { file: file?.id ?? place }, () => {
      if (file && isAllowed)
        return {
          answer: { ok: true },
          reply: () => sendBytes(res, file.content, file.mimetype),
        };
      const location = `https://${state.team.domain}.slack.com/`;
      return {
        answer: { ok: false, error: file ? "not_allowed" : "file_not_found" },
        reply: () =>
          send(res, file ? 302 : 404, "", { "content-type": "text/html", ...(file && { location }) }),
      };
    });
  }

  async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (faults.away) return cut(res);
    const [, place, name, ...rest] = (req.url ?? "").split("?")[0]?.split("/") ?? [];
    if (req.method === "POST" && name !== undefined && name !== "" && rest.length === 0) {
      if (place === "api") return serveMethod(name, req, res);
      if (place === "upload") return serveUpload(name, req, res);
    }
    if (req.method === "GET" && place === "files-pri") return serveFile(name ?? "", req, res);
    state.complain(`nothing is served at ${req.method} ${req.url}`);
    return send(res, 404, "Not Found", { "content-type": "text/plain" });
  }

  return {
    handle: (req, res) =>
      open.during(() =>
        route(req, res).catch((error: unknown) => {
          // A client that hangs up in mid-request is no news.
          if (req.errored) return;
          state.complain(`${req.method} ${req.url} broke: ${String(error)}`);
          if (!res.headersSent) res.writeHead(500).end();
        }),
      ),
    onCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isIdle: () => open.isIdle(),
    idle: () => open.idle(),
  };
}

function withWarnings(answer: Answer, ofRequest: readonly string[]): Answer {
  const own = typeof answer["warning"] === "string" ? [answer["warning"]] : [];
  const warnings = [...own, ...ofRequest];
  if (warnings.length === 0) return answer;
  const metadata = typeof answer["response_metadata"] === "object" ? answer["response_metadata"] : {};
  return { ...answer, warning: warnings.join(","), response_metadata: { ...metadata, warnings } };
}

/** Structures as listeners want them, not as JSON strings of a form. */
function structured(args: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    [...args].map(([name, value]) => [
      name,
      typeof value === "string" && /^[[{]/.test(value) ? parsed(value) : value,
    ]),
  );
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

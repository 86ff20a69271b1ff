import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Registry } from "prom-client";
import { endsWithin } from "../clock.ts";
import { anybody, type Onlooker, operator } from "../domain/policy/visibility.ts";
import { InFlight } from "../in-flight.ts";
import type { Log } from "../log.ts";
import { type Answer, failure, json } from "./answer.ts";
import { type Api, listIncidents, showIncident, showPostmortem, showTimeline } from "./api.ts";
import { carries } from "./bearer.ts";

export interface Readiness {
  ready: boolean;
  /** One line each; `says` is for a person. */
  checks: { name: string; ok: boolean; says: string }[];
}

export interface HttpOptions extends Omit<Api, "onlooker"> {
  /** Takes `POST /slack/events` whole, its body unread. Without it Slack is reached by Socket Mode. */
  slackListener?: (request: IncomingMessage, response: ServerResponse) => void;
  readiness: () => Promise<Readiness>;
  metrics: Registry;
  /** Without it `/api` is off. */
  apiToken?: string;
  /** Shows private incidents too. */
  privateApiToken?: string;
  log: Pick<Log, "warn" | "error">;
}

export interface HttpServer {
  /** Resolves to the port that was taken (0 asks for any), or to what a person must be told. */
  listen(port: number): Promise<{ port: number } | { fault: string }>;
  /** Takes no new request, lets the open ones end within so many ms of wire time (5 s), closes every connection. */
  close(within?: number): Promise<void>;
  isIdle(): boolean;
  /** Resolves once no request is open. */
  idle(): Promise<void>;
}

interface Route {
  path: RegExp;
  methods: readonly string[];
  answer: (options: HttpOptions & Api, part: string) => Answer | Promise<Answer>;
}

const reading = ["GET", "HEAD"];
const slackPath = "/slack/events";

const routes: readonly Route[] = [
  { path: /^\/healthz$/, methods: reading, answer: () => json(200, { alive: true }) },
  { path: /^\/readyz$/, methods: reading, answer: showReadiness },
  { path: /^\/metrics$/, methods: reading, answer: showMetrics },
  { path: /^\/api\/incidents$/, methods: reading, answer: listIncidents },
  { path: /^\/api\/incidents\/([^/]+)$/, methods: reading, answer: showIncident },
  { path: /^\/api\/incidents\/([^/]+)\/timeline$/, methods: reading, answer: showTimeline },
  { path: /^\/api\/incidents\/([^/]+)\/postmortem\.md$/, methods: reading, answer: showPostmortem },
];

/** The one HTTP server: Slack's route, health, metrics and the API. */
export function createHttpServer(options: HttpOptions): HttpServer {
  const open = new InFlight();
  let closing = false;

  const server = createServer(
    {
      requestTimeout: 30_000,
      headersTimeout: 20_000,
      // Longer than load balancers keep theirs: they would write into a connection that is just being closed.
      keepAliveTimeout: 65_000,
    },
    (request, response) => {
      const leave = open.enter();
      response.once("close", () => {
        // A body that was refused unread would hold the connection.
        if (!request.complete) request.destroy();
        if (closing) server.closeIdleConnections();
        leave();
      });
      if (closing) response.setHeader("connection", "close");
      const path = pathOf(request);
      if (path === slackPath && options.slackListener && request.method === "POST")
        options.slackListener(request, response);
      else void answerTo(options, path, request).then((answer) => write(response, answer));
    },
  );

  return {
    listen: (port) => listen(server, port),
    close: async (within = 5000) => {
      closing = true;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await endsWithin(within, closed);
      server.closeAllConnections();
    },
    isIdle: () => open.isIdle(),
    idle: () => open.idle(),
  };
}

function listen(server: Server, port: number): Promise<{ port: number } | { fault: string }> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE")
        resolve({ fault: `Port ${port} is in use. Stop what listens there, or set PORT to another one.` });
      else if (error.code === "EACCES")
        resolve({ fault: `Port ${port} may not be opened by this user. Set PORT to one above 1023.` });
      else reject(new Error(`Port ${port} cannot be opened`, { cause: error }));
    };
    server.once("error", failed);
    server.listen(port, () => {
      server.off("error", failed);
      const address = server.address();
      resolve({ port: typeof address === "object" && address ? address.port : port });
    });
  });
}

function pathOf({ url = "/" }: IncomingMessage): string | undefined {
  return URL.parse(url, "http://sitrep")?.pathname;
}

async function answerTo(
  options: HttpOptions,
  path: string | undefined,
  request: IncomingMessage,
): Promise<Answer> {
  if (path === undefined) return failure(400, "bad_path", "This path cannot be read.");
  if (path === slackPath) {
    return options.slackListener
      ? wrongMethod(["POST"])
      : failure(404, "not_found", "Slack's events come over Socket Mode here.");
  }
  if (path === "/api" || path.startsWith("/api/")) {
    const refused = refusedByGuard(options, path, request);
    if (refused) return refused;
  }
  for (const { path: pattern, methods, answer } of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (!methods.includes(request.method ?? "")) return wrongMethod(methods);
    try {
      return await answer({ ...options, onlooker: onlookerOf(options, request) }, match[1] ?? "");
    } catch (err) {
      options.log.error({ err, route: pattern.source }, "a request failed");
      return failure(500, "internal", "Something went wrong here. The log says more.");
    }
  }
  return failure(404, "not_found", "There is nothing here.");
}

const wrongMethod = (methods: readonly string[]): Answer =>
  failure(405, "method_not_allowed", `This answers ${methods.join(" and ")} only.`, {
    allow: methods.join(", "),
  });

function refusedByGuard(
  { apiToken, privateApiToken, log }: HttpOptions,
  path: string,
  { headers }: IncomingMessage,
): Answer | undefined {
  if (apiToken === undefined)
    return failure(404, "api_off", "The API is off. Set SITREP_API_TOKEN to switch it on.");
  const tokens = privateApiToken === undefined ? [apiToken] : [apiToken, privateApiToken];
  if (tokens.some((token) => carries(headers.authorization, token))) return undefined;
  const given = headers.authorization !== undefined;
  if (given) log.warn({ path }, "a request came with a wrong API token");
  return failure(
    401,
    "unauthorized",
    `${given ? "This is not the token." : "A token is missing."} Send it as "Authorization: Bearer …".`,
    { "www-authenticate": `Bearer realm="sitrep"${given ? ', error="invalid_token"' : ""}` },
  );
}

const onlookerOf = ({ privateApiToken }: HttpOptions, { headers }: IncomingMessage): Onlooker =>
  privateApiToken !== undefined && carries(headers.authorization, privateApiToken) ? operator : anybody;

async function showReadiness({ readiness }: HttpOptions): Promise<Answer> {
  const answer = await readiness();
  return json(answer.ready ? 200 : 503, answer);
}

async function showMetrics({ metrics }: HttpOptions): Promise<Answer> {
  return { status: 200, headers: { "content-type": metrics.contentType }, body: await metrics.metrics() };
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body, "utf8");
  response.writeHead(status, {
    ...headers,
    "content-length": bytes.length,
    "x-content-type-options": "nosniff",
  });
  response.end(bytes);
}

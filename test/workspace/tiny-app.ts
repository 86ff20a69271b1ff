import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Workspace } from "../../src/workspace/workspace.ts";
import type { WorkspaceOptions } from "../../src/workspace/assembly.ts";

export const MANIFEST = `
display_information: { name: Tiny }
features:
  bot_user: { display_name: Tiny }
  app_home: { home_tab_enabled: true }
  slash_commands:
    - { command: /tiny, description: Does something, should_escape: true }
    - { command: /plain, description: Does something unescaped }
  shortcuts:
    - { name: Start something, type: global, callback_id: start, description: Starts }
    - { name: Keep this, type: message, callback_id: keep, description: Keeps }
oauth_config:
  scopes: { bot: [commands, chat:write, channels:history, channels:manage, channels:join, channels:read, groups:history, im:history, im:write, reactions:read, app_mentions:read] }
settings:
  event_subscriptions: { bot_events: [message.channels, message.im, reaction_added, app_home_opened] }
  interactivity: { is_enabled: true }
  socket_mode_enabled: true
`;

// A payload is whatever Slack sends; tests read the fields they know.
// oxlint-disable-next-line typescript/no-explicit-any
export type Payload = Record<string, any>;

export interface Received {
  headers: Record<string, string | string[] | undefined>;
  /** The event envelope, the command's fields, or the interaction's payload. */
  body: Payload;
  isSigned: boolean;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  /** Leaves the request open until the workspace gives up. */
  silent?: boolean;
}

/** An app over raw HTTP that checks signatures itself and answers as told. */
export class TinyApp implements AsyncDisposable {
  readonly received: Received[] = [];
  reply: (received: Received) => Reply | Promise<Reply> = () => ({});
  url = "";
  #close: () => Promise<void> = async () => {};

  static async start(signingSecret: string): Promise<TinyApp> {
    const app = new TinyApp();
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const raw = await text(request);
      const received = read(raw, request.headers, signingSecret);
      app.received.push(received);
      const reply = await app.reply(received);
      if (reply.silent === true) return;
      const json = reply.json === undefined ? undefined : JSON.stringify(reply.json);
      response.writeHead(reply.status ?? 200, {
        ...(json !== undefined && { "content-type": "application/json" }),
        ...reply.headers,
      });
      response.end(json ?? reply.text ?? "");
    };
    const server = createServer((request, response) => void serve(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    app.url = `http://127.0.0.1:${address.port}/slack/events`;
    app.#close = async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    };
    return app;
  }

  events(type?: string): Payload[] {
    const envelopes = this.received.map(({ body }) => body).filter((body) => body.type === "event_callback");
    return envelopes.filter((envelope) => type === undefined || envelope.event.type === type);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

function read(raw: string, headers: Received["headers"], secret: string): Received {
  const timestamp = String(headers["x-slack-request-timestamp"]);
  const expected = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${raw}`).digest("hex")}`,
  );
  const given = Buffer.from(String(headers["x-slack-signature"]));
  const isSigned = expected.length === given.length && timingSafeEqual(expected, given);
  if (String(headers["content-type"]).startsWith("application/json"))
    return { headers, isSigned, body: JSON.parse(raw) };
  const form = Object.fromEntries(new URLSearchParams(raw));
  const body = form["payload"] === undefined ? form : JSON.parse(form["payload"]);
  return { headers, isSigned, body };
}

/** A workspace in HTTP mode with a tiny app in it. */
export async function stage(
  options: Partial<WorkspaceOptions> = {},
): Promise<{ ws: Workspace; app: TinyApp; call: Call } & AsyncDisposable> {
  const ws = await Workspace.start({ people: ["alice", "bob"], manifest: MANIFEST, ...options });
  const app = await TinyApp.start(ws.installation.signingSecret);
  ws.requestUrl = app.url;
  return {
    ws,
    app,
    call: caller(ws),
    async [Symbol.asyncDispose]() {
      await ws.stop();
      await app[Symbol.asyncDispose]();
    },
  };
}

export type Call = (method: string, args?: Record<string, unknown>) => Promise<Payload>;

/** Calls the Web API as the app's bot. */
export function caller(ws: Workspace): Call {
  return async (method, args = {}) => {
    const token = method === "apps.connections.open" ? ws.installation.appToken : ws.installation.botToken;
    const response = await fetch(`${ws.env()["SLACK_API_URL"]}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(args),
    });
    return (await response.json()) as Payload;
  };
}

/** Puts the bot into a channel, as a person's `/invite` does, and waits until that has been told. */
export async function invite(ws: Workspace, channel: string): Promise<string> {
  const { id } = ws.channel(channel);
  ws.state.join(id, ws.installation.botUserId);
  await ws.settle();
  return id;
}

import { createServer } from "node:http";
import type { SlackConnection } from "../../src/slack/connect.ts";
import type { SlackWire } from "../../src/slack/wire.ts";
import { connectSlack } from "../../src/slack/connect.ts";
import type { StartFault } from "../../src/slack/token-faults.ts";
import type { Taken } from "../../src/slack/receiver.ts";
import type { WorkspaceOptions } from "../../src/workspace/assembly.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { MANIFEST } from "../workspace/tiny-app.ts";

/** Wire milliseconds. A machine that is busy must look neither like a slow Slack nor like a slow bot. */
const patience = 20_000;

type Transport = "http" | "socket";

export interface Line {
  level: string;
  fields: object;
  sentence: string;
}

export interface Connected extends AsyncDisposable {
  ws: Workspace;
  slack: SlackConnection;
  lines: Line[];
  fatal: string[];
  /** What the intake has told of what came in. */
  taken: Taken[];
}

function recordingLog(lines: Line[]) {
  const to = (level: string) => (fields: object, sentence: string) =>
    void lines.push({ level, fields, sentence });
  return { debug: to("debug"), info: to("info"), warn: to("warn"), error: to("error") };
}

/** A connection to a workspace of its own; `listen` registers listeners before it starts. */
export async function connected(
  transport: Transport,
  options: {
    wire?: Partial<SlackWire>;
    listen?: (slack: SlackConnection) => void;
    workspace?: { ackTimeout?: number };
    workspaceOptions?: Partial<WorkspaceOptions>;
    /** False leaves starting to the test. */
    start?: boolean;
  } = {},
): Promise<Connected> {
  const ws = await Workspace.start({
    people: ["alice", "bob"],
    manifest: MANIFEST,
    transport,
    rateLimits: false,
    wire: { ackTimeout: patience, triggerLife: patience, ...options.workspace },
    ...options.workspaceOptions,
  });
  const lines: Line[] = [];
  const fatal: string[] = [];
  const taken: Taken[] = [];
  const env = ws.env();
  const slack = working(
    await connectSlack({
      botToken: env["SLACK_BOT_TOKEN"] ?? "",
      ...(env["SLACK_APP_TOKEN"] !== undefined && { appToken: env["SLACK_APP_TOKEN"] }),
      ...(env["SLACK_SIGNING_SECRET"] !== undefined && { signingSecret: env["SLACK_SIGNING_SECRET"] }),
      apiUrl: env["SLACK_API_URL"] ?? "",
      clock: ws.clock,
      log: recordingLog(lines),
      wire: { ackBudget: patience, reconnectAfter: 50, ...options.wire },
      onFatal: (message) => fatal.push(message),
      observe: (each) => taken.push(each),
    }),
  );
  options.listen?.(slack);
  const server = createServer((request, response) => slack.requestListener?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address === "object" && address) ws.requestUrl = `http://127.0.0.1:${address.port}/slack/events`;
  if (options.start !== false) await slack.start();
  return {
    ws,
    slack,
    lines,
    fatal,
    taken,
    async [Symbol.asyncDispose]() {
      await slack.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await ws.stop();
    },
  };
}

export function working(connection: SlackConnection | StartFault | undefined): SlackConnection {
  if (connection === undefined || "fault" in connection) throw new Error(connection?.fault ?? "stopped");
  return connection;
}

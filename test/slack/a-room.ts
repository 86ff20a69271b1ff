import { type FetchFunction, WebClient } from "@slack/web-api";
import { handle } from "../../src/handle.ts";
import type { Command } from "../../src/domain/command.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import type { SlackRoom } from "../../src/slack/room.ts";
import { declare, declaredAt, opened, rules } from "../domain/given.ts";

export interface Call {
  method: string;
  args: Record<string, string>;
}

/** A room on a database of its own, with Slack's answers to interactive calls given by `slack`. */
export async function aRoom(
  slack: (call: Call) => Record<string, unknown> = () => ({ ok: true }),
): Promise<{ room: SlackRoom; calls: Call[]; at: (ms: number) => void } & AsyncDisposable> {
  const store = await openSqliteStore({
    path: ":memory:",
    serve: false,
    wireNow: () => 0,
    sleep: async () => {},
  });
  const calls: Call[] = [];
  let now = declaredAt;
  let ids = 0;
  const fetch: FetchFunction = async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    const body = typeof init?.body === "string" ? init.body : "";
    const call = {
      method: address.pathname.replace("/api/", ""),
      args: Object.fromEntries(new URLSearchParams(body)),
    };
    calls.push(call);
    return Response.json(slack(call));
  };
  const interactive = new WebClient("xoxb-1", { retryConfig: { retries: 0 }, fetch });
  const room: SlackRoom = {
    handling: { store, rules },
    clock: { now: () => now, sleepUntil: async () => {} },
    log: { warn: () => {} },
    auth: { botUserId: "UBOT", botId: "BBOT", teamUrl: "https://acme.slack.com/" },
    interactive,
    directory: { find: () => undefined, isFresh: false },
    standing: {
      isColleague: async () => true,
      forget: () => {},
      privateChannels: async () => new Set(),
    },
    configuration: { refresh: async () => {}, warnings: () => [] },
    download: async () => ({ fault: "No file is there." }),
    token: { refused: () => {} },
    newId: () => `id${++ids}`,
  };
  return {
    room,
    calls,
    at: (ms) => {
      now = ms;
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** Carries the commands out, as if they had come before. */
export async function before(room: SlackRoom, ...commands: Command[]): Promise<Incident> {
  for (const command of commands) {
    const outcome = await handle(room.handling, command);
    if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal.sentence}`);
  }
  const incident = await room.handling.store.incident(1);
  if (!incident) throw new Error("there is no INC-1");
  return incident;
}

/** INC-1 with its channel C1. */
export const anIncident = (room: SlackRoom): Promise<Incident> => before(room, declare(), opened);

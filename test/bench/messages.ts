import { createHmac } from "node:crypto";
import type { Installed } from "./slack.ts";

export interface Said {
  channel: string;
  user: string;
  ts: string;
  text: string;
}

let made = 0;

/** A `message` event as Slack sends it: the body of a request. */
export function messageEvent(slack: Installed, said: Said): string {
  made += 1;
  const id = `Ev${made.toString(36).toUpperCase().padStart(9, "0")}`;
  return JSON.stringify({
    token: "one-that-nobody-reads",
    team_id: slack.teamId,
    context_team_id: slack.teamId,
    context_enterprise_id: null,
    api_app_id: slack.appId,
    event: {
      user: said.user,
      type: "message",
      ts: said.ts,
      client_msg_id: `0e0e0e0e-0000-4000-8000-${made.toString(16).padStart(12, "0")}`,
      text: said.text,
      team: slack.teamId,
      blocks: [
        {
          type: "rich_text",
          block_id: made.toString(36),
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text: said.text }] }],
        },
      ],
      channel: said.channel,
      event_ts: said.ts,
      channel_type: "channel",
    },
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(Number(said.ts)),
    authorizations: [
      {
        enterprise_id: null,
        team_id: slack.teamId,
        user_id: slack.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${id}`,
  });
}

/** The headers of a request that is signed at `now`, in wire milliseconds. */
export function signedHeaders(
  { signingSecret }: Installed,
  body: string,
  now: number,
): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  const signature = createHmac("sha256", signingSecret).update(`v0:${seconds}:${body}`).digest("hex");
  return {
    host: "127.0.0.1",
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    accept: "*/*",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "x-slack-request-timestamp": String(seconds),
    "x-slack-signature": `v0=${signature}`,
  };
}

/** The whole HTTP request, ready to be written. */
export function signedMessage(slack: Installed, said: Said, now: number): Buffer {
  const body = messageEvent(slack, said);
  const headers = Object.entries(signedHeaders(slack, body, now)).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(["POST /slack/events HTTP/1.1", ...headers, "", body].join("\r\n"));
}

let told = 1_700_000_000_000_000;

/** So many different messages of these people in these channels, taking turns. */
export const conversation = (many: number, channels: string[], people: string[]): Said[] =>
  Array.from({ length: many }, (_, index) => {
    told += 1000;
    return {
      channel: channels[index % channels.length] ?? "",
      user: people[index % people.length] ?? "",
      ts: `${Math.floor(told / 1e6)}.${String(told % 1e6).padStart(6, "0")}`,
      text: `p99 of checkout is at ${index} ms in eu-west, the pool of db-${index % 7} is exhausted; looking at the deploy`,
    };
  });

import { z } from "zod";

/** What Slack says of a link itself: https://docs.slack.dev/apis/events-api/using-socket-mode */
const newsSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), num_connections: z.number().default(1) }),
  z.object({ type: z.literal("disconnect"), reason: z.string().default("") }),
]);
export type LinkNews = z.infer<typeof newsSchema>;

/** Frames with payloads are longer; they are not parsed a second time. */
const longest = 2000;

export function newsIn(frame: unknown): LinkNews | undefined {
  if (typeof frame !== "string" || frame.length > longest) return undefined;
  try {
    return newsSchema.safeParse(JSON.parse(frame)).data;
  } catch {
    return undefined;
  }
}

export const switchedOff = "link_disabled";

/** Why Slack ends a link, in words for whoever can do something about it. */
export function reasonOf(reason: string): string {
  switch (reason) {
    case "warning":
    case "refresh_requested":
      return "Slack renews the connection";
    case switchedOff:
      return "it is switched off for the app: switch it on on the app's page Socket Mode";
    case "too_many_websockets":
      return "Slack counts too many connections of the app: end the other processes that use SLACK_APP_TOKEN";
    default:
      return `Slack ended the connection: ${reason}`;
  }
}

/** Each payload goes to one connection, any one: what another process takes, this one never sees. */
export const severalConnections = (connections: number): string =>
  `Slack counted ${connections} Socket Mode connections when this one was opened: another process that uses SLACK_APP_TOKEN takes its share of what people send`;

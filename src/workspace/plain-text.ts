import { tz } from "@date-fns/tz";
import { differenceInCalendarDays } from "date-fns/differenceInCalendarDays";
import { format } from "date-fns/format";
import { formatDistanceStrict } from "date-fns/formatDistanceStrict";
import type { Instant } from "./model.ts";

/** Who and what the ids in a text stand for. */
export interface Reader {
  now(): Instant;
  personName(id: string): string | undefined;
  channelName(id: string): string | undefined;
  groupName(id: string): string | undefined;
}

const IN_UTC = { in: tz("UTC") };

export function utc(instant: Instant, pattern: string): string {
  return format(instant, pattern, IN_UTC);
}

/** Slack's mrkdwn as a person reads it: mentions by name, dates in UTC, no marks of emphasis (docs.slack.dev/messaging/formatting-message-text). */
export function readMrkdwn(text: string, reader: Reader): string {
  // Inside code nothing is emphasis.
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : withoutEmphasis(part)))
    .join("")
    .replaceAll(/<([^<>]+)>/g, (_, token: string) => readToken(token, reader))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function withoutEmphasis(text: string): string {
  return text
    .replaceAll(/(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/g, "$1")
    .replaceAll(/(?<![\w_])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])/g, "$1")
    .replaceAll(/(?<![\w~])~([^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/g, "$1");
}

function readToken(token: string, reader: Reader): string {
  const [body = "", label] = token.split(/\|(.*)/s);
  if (body.startsWith("@")) return `@${reader.personName(body.slice(1)) ?? label ?? body.slice(1)}`;
  if (body.startsWith("#")) {
    const name = reader.channelName(body.slice(1));
    return `#${name ?? (label || body.slice(1))}`;
  }
  if (body.startsWith("!subteam^")) {
    const id = body.slice("!subteam^".length);
    const handle = reader.groupName(id);
    return handle === undefined ? (label ?? `@${id}`) : `@${handle}`;
  }
  if (body.startsWith("!date^")) return readDate(body, label ?? "", reader.now());
  if (body.startsWith("!")) return label ?? `@${body.slice(1)}`;
  return label ?? body.replace(/^mailto:/, "");
}

function readDate(body: string, fallback: string, now: Instant): string {
  const [, seconds, pattern = ""] = body.split("^");
  const at = Number(seconds) * 1000;
  if (!Number.isFinite(at)) return fallback;
  let known = true;
  const read = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const shown = dateToken(name, at, now);
    known &&= shown !== undefined;
    return shown ?? "";
  });
  return known ? read : fallback;
}

/** One `{token}` of Slack's date formatting, in UTC; undefined when Slack does not know it. */
export function dateToken(name: string, at: Instant, now: Instant): string | undefined {
  const days = differenceInCalendarDays(at, now, IN_UTC);
  const pretty = days === 0 ? "today" : days === -1 ? "yesterday" : days === 1 ? "tomorrow" : undefined;
  switch (name) {
    case "date_num":
      return utc(at, "yyyy-MM-dd");
    case "date":
      return utc(at, "MMMM do, yyyy");
    case "date_short":
      return utc(at, "MMM d, yyyy");
    case "date_long":
      return utc(at, "EEEE, MMMM do, yyyy");
    case "date_pretty":
      return pretty ?? utc(at, "MMMM do, yyyy");
    case "date_short_pretty":
      return pretty ?? utc(at, "MMM d, yyyy");
    case "date_long_pretty":
      return pretty ?? utc(at, "EEEE, MMMM do, yyyy");
    case "time":
      return utc(at, "HH:mm");
    case "time_secs":
      return utc(at, "HH:mm:ss");
    case "ago":
      return formatDistanceStrict(at, now, { addSuffix: true });
    default:
      return undefined;
  }
}

/** What a person types, as Slack's composer sends it: escaped, `@name` and `#name` as mentions where such exist. */
export function composed(
  text: string,
  find: {
    person(name: string): string | undefined;
    channel(name: string): string | undefined;
    group(name: string): string | undefined;
  },
): string {
  return escaped(text)
    .replaceAll(/(?<![\w@&])@([a-z0-9][\w.-]*[\w]|[a-z0-9])/gi, (all, name: string) => {
      const id = find.person(name);
      if (id !== undefined) return `<@${id}>`;
      const group = find.group(name);
      return group === undefined ? all : `<!subteam^${group}>`;
    })
    .replaceAll(/(?<![\w#&])#([a-z0-9][\w-]*)/gi, (all, name: string) => {
      const id = find.channel(name);
      return id === undefined ? all : `<#${id}>`;
    });
}

/** Only these three: docs.slack.dev/messaging/formatting-message-text */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

import { type Logger, LogLevel } from "@slack/bolt";

/** The part of the log that this room uses. */
export interface SlackLog {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}

/** Tokens, tickets of Socket Mode and response URLs: whoever reads one can act with it. */
const secrets = /xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=ticket=)[^&\s]+|https:\/\/hooks\.slack\.com\/\S+/g;

export const withoutSecrets = (text: string): string => text.replaceAll(secrets, "[secret]");

/**
 * What Bolt and its clients log, as lines of ours. Their debug lines hold payloads, which is to say what people wrote: they
 * are dropped, whatever our level is.
 */
export function boltLogger(log: SlackLog): Logger {
  const line = (parts: readonly unknown[]): string =>
    withoutSecrets(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" "));
  return {
    debug: () => {},
    info: (...parts: unknown[]) => log.debug({ from: "bolt" }, line(parts)),
    warn: (...parts: unknown[]) => log.warn({ from: "bolt" }, line(parts)),
    error: (...parts: unknown[]) => log.error({ from: "bolt" }, line(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}

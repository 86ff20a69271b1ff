import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../log.ts";

/** The log as this room uses it: nothing here ends the process. */
export type SlackLog = Omit<Log, "fatal">;

/**
 * What Bolt and its clients log, as lines of ours; the log itself strikes out secrets. Their debug lines hold payloads, and
 * so what people wrote: they are dropped, whatever our level is.
 */
export function boltLogger(log: SlackLog): Logger {
  const line = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
  return {
    debug: () => {},
    info: (...parts: unknown[]) => log.debug({ from: "bolt" }, line(parts)),
    // Whoever made the call tells what became of it; in an outage each try would stand there twice.
    warn: (...parts: unknown[]) =>
      log[parts[0] === "http request failed" ? "debug" : "warn"]({ from: "bolt" }, line(parts)),
    error: (...parts: unknown[]) => log.error({ from: "bolt" }, line(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}

import type { ReceiverEvent } from "@slack/bolt";
import { z } from "zod";
import { wireNow } from "../clock.ts";
import type { SlackLog } from "./bolt-logger.ts";

/** https://docs.slack.dev/apis/events-api: above 30,000 an hour Slack drops events, and says so once a minute. */
const noticeSchema = z.object({ type: z.literal("app_rate_limited"), minute_rate_limited: z.number() });

/** Wire milliseconds for which it is worth telling. */
const told = 60 * 60_000;

/** What Slack did not deliver, and will not. */
export class Dropped {
  readonly #log: SlackLog;
  readonly #listeners: (() => void)[] = [];
  #last: { minute: number; heardAt: number } | undefined;

  constructor(log: SlackLog) {
    this.#log = log;
  }

  on(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** @returns whether it was a notice of events that were dropped */
  heard(body: ReceiverEvent["body"]): boolean {
    if (body["type"] !== "app_rate_limited") return false;
    const notice = noticeSchema.safeParse(body);
    const minute = notice.success ? notice.data.minute_rate_limited * 1000 : wireNow();
    this.#last = { minute, heardAt: wireNow() };
    this.#log.warn({ minute: timeOf(minute) }, "Slack drops events: there were more than 30,000 in an hour");
    for (const listener of this.#listeners) listener();
    return true;
  }

  get trouble(): string | undefined {
    if (!this.#last || wireNow() - this.#last.heardAt > told) return undefined;
    return `Slack dropped events at ${timeOf(this.#last.minute)}: there were more than 30,000 in an hour`;
  }
}

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

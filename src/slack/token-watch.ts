import { botTokenFault } from "./token-faults.ts";
import type { SlackLog } from "./bolt-logger.ts";

/** Whether Slack takes SLACK_BOT_TOKEN, as calls and events tell. */
export class TokenWatch {
  readonly #log: SlackLog;
  readonly #told: { onRefused: () => void; onTaken: () => void };
  #refused: string | null = null;

  /** Each is called once until the other has been. */
  constructor(log: SlackLog, told: { onRefused: () => void; onTaken: () => void }) {
    this.#log = log;
    this.#told = told;
  }

  /** What whoever runs Sitrep must know; null while it is taken. */
  get fault(): string | null {
    return this.#refused === null ? null : botTokenFault(this.#refused).fault;
  }

  refused(code: string): void {
    const isNews = this.#refused === null;
    this.#refused = code;
    if (!isNews) return;
    this.#log.error({ error: code }, this.fault ?? "");
    this.#told.onRefused();
  }

  taken(): void {
    if (this.#refused === null) return;
    this.#refused = null;
    this.#log.info({}, "Slack takes SLACK_BOT_TOKEN again");
    this.#told.onTaken();
  }
}

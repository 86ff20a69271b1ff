const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How many events Slack delivers to an app in a workspace, in incident time (docs.slack.dev/apis/events-api). */
export class Allowance {
  readonly #anHour: number;
  #taken: number[] = [];
  #told: number | undefined;

  constructor(anHour: number) {
    this.#anHour = anHour;
  }

  /** False: the event is dropped. */
  take(now: number): boolean {
    if (this.#taken.length >= this.#anHour) this.#taken = this.#taken.filter((at) => at > now - HOUR);
    if (this.#taken.length >= this.#anHour) return false;
    this.#taken.push(now);
    return true;
  }

  /** The minute in which events are dropped, the first time that it is asked for. */
  minuteToTell(now: number): number | undefined {
    const minute = Math.floor(now / MINUTE) * MINUTE;
    if (this.#told === minute) return undefined;
    this.#told = minute;
    return minute;
  }
}

import type { Incident } from "../../domain/incident.ts";
import type { Rules } from "../../domain/rules.ts";
import { formatClock } from "../../domain/time.ts";
import type { Names } from "../text.ts";

/** What a view is made from. `names` should hold everybody of `peopleIn(incident)`; who is missing is shown by id. */
export interface ViewModel {
  incident: Incident;
  rules: Rules;
  /** Incident time, ms since the epoch. */
  now: number;
  names: Names;
  /** `https://acme.slack.com/` */
  teamUrl: string;
}

export const clockOf = ({ rules, now }: ViewModel, at: number): string =>
  formatClock(at, rules.timezone, now);

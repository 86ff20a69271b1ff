import type { MissedUpdateAct, Severity } from "./vocab.ts";

/** A length of time in milliseconds; null means `off`. */
export type Duration = number | null;

export interface SeverityRules {
  name: string;
  description: string;
  firstUpdate: Duration;
  updateEvery: Duration;
  /** Overrides `updates.whenMissed`. */
  whenMissed?: MissedUpdateAct;
}

/** The parsed configuration, as far as deciding and rendering need it. Passed down, never imported. */
export interface Rules {
  /** IANA name of the zone that people read. */
  timezone: string;
  channels: {
    /** Name without `#`, or an id; null switches announcements off. */
    announcements: string | null;
    /** May use `{n}`, `{date}`, `{sev}` and `{slug}`. */
    naming: string;
  };
  severities: Record<Severity, SeverityRules>;
  defaultSeverity: Severity;
  updates: {
    grace: number;
    whenMissed: MissedUpdateAct;
    maxAutomatic: number;
    slowAfter: Duration;
    /** Text of the template: lines with `{status}`, `{impact}`, `{started}`, `{currentAction}`, `{nextUpdate}`. */
    template: string;
  };
  timeline: {
    /** Emoji name, without colons, that marks a message as key. */
    mark: string;
  };
}

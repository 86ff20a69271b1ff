import type { Step } from "./escalation/state.ts";
import type { RunbookSection } from "./runbooks/document.ts";
import type {
  Audience,
  BusinessImpact,
  MissedUpdateAct,
  MitigationOption,
  Scope,
  Severity,
  Trend,
  UserImpact,
} from "./vocab.ts";

/** A length of time in milliseconds; null means `off`. */
export type Duration = number | null;

export interface SeverityRules {
  name: string;
  description: string;
  firstUpdate: Duration;
  updateEvery: Duration;
  /** Overrides `updates.whenMissed`. */
  whenMissed?: MissedUpdateAct;
  /** Name of the policy that is walked; null: nobody is called. */
  escalation: string | null;
  /** User ids who are brought into the channel. */
  invite: string[];
  /** Until the post-mortem should be published; null: nobody is reminded. */
  postmortemWithin: Duration;
}

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

export interface AudienceRules {
  /** Name without `#`, or id. */
  channel: string;
  severities: Severity[];
  template: string;
}

export interface ServiceRules {
  /** User ids; they are brought into the channel. */
  owners: string[];
  escalation: string | null;
}

export interface RotationRules {
  zone: string;
  /** Weekday and `HH:MM` at which the next person takes over. */
  handover: { day: Weekday; time: string };
  /** User ids, in turn. */
  people: string[];
  /** Instants; from inclusive, to exclusive. */
  overrides: { from: number; to: number; person: string }[];
  /** The instant of the first turn of `people[0]`. */
  since: number;
}

/** Where it is and what it needs to know stands apart, since that is secret. */
export interface WebhookRules {
  type: "pagerduty" | "http";
}

export interface PolicyRules {
  steps: Step[];
  /** How often the steps that wait for an acknowledgement come again. */
  repeat: number;
  repeatEvery: number;
}

/** One row of the table that proposes a severity; the first that fits counts. All conditions of `when` must hold. */
export interface SeverityRow {
  severity: Severity;
  when: {
    /** This share of users or a larger one. */
    users?: UserImpact;
    /** Any of these. */
    business?: BusinessImpact[];
    /** This one or a wider one. */
    scope?: Scope;
    trend?: Trend;
  };
}

export interface Runbook {
  /** As people ask for it. */
  name: string;
  services: string[];
  alerts: string[];
  severities: Severity[];
  escalation: string | null;
  sections: RunbookSection[];
}

/** The parsed configuration, as far as deciding and rendering need it. Passed down, never imported. */
export interface Rules {
  /** IANA name of the zone that people read. */
  timezone: string;
  /** How `2/3` is read. */
  dateOrder: "mdy" | "dmy";
  /** `from` and `to` as `HH:MM` in the zone. */
  workingHours: { days: Weekday[]; from: string; to: string };
  channels: {
    /** Name without `#`, or an id; null switches announcements off. */
    announcements: string | null;
    /** May use `{n}`, `{date}`, `{sev}` and `{slug}`. */
    naming: string;
    topic: boolean;
    /** After closing; null: channels are left as they are. */
    archiveAfter: Duration;
  };
  severities: Record<Severity, SeverityRules>;
  defaultSeverity: Severity;
  updates: {
    /** Before a due time, for intervals of 15 minutes or more. */
    warnBefore: Duration;
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
    joinBrief: boolean;
  };
  assessment: { askAgainAfter: Duration; table: SeverityRow[] };
  mitigation: { promptAfter: Duration; expected: Record<MitigationOption, Duration> };
  roles: { remindCommanderAfter: Duration; escalateAfter: Duration };
  /** At most one notifying prompt an incident in this time. */
  prompts: { atMostEvery: Duration };
  audiences: Partial<Record<Audience, AudienceRules>>;
  services: Record<string, ServiceRules>;
  onCall: Record<string, RotationRules>;
  escalation: Record<string, PolicyRules>;
  webhooks: Record<string, WebhookRules>;
  /** User id -> number, shown when nobody answers. */
  phones: Record<string, string>;
  runbooks: Runbook[];
}

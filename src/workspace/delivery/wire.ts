import type { SlackEvent } from "../model.ts";

/** The Events API envelope (docs.slack.dev/apis/events-api). Times are Unix seconds of incident time. */
export interface EventEnvelope {
  token: string;
  team_id: string;
  context_team_id: string;
  context_enterprise_id: null;
  api_app_id: string;
  event: SlackEvent;
  type: "event_callback";
  event_id: string;
  event_time: number;
  event_context: string;
  is_ext_shared_channel: boolean;
  authorizations: {
    enterprise_id: null;
    team_id: string;
    user_id: string;
    is_bot: true;
    is_enterprise_install: false;
  }[];
}

/** The words of `x-slack-retry-reason` that can happen here. */
export type FailureReason = "http_timeout" | "too_many_redirects" | "connection_failed" | "http_error";

export interface Retry {
  num: number;
  reason: FailureReason;
}

/** What came back for one delivery. `body` is parsed JSON, else the text, else undefined for an empty answer. */
export type Answer =
  | { ok: true; body: unknown }
  | { ok: false; reason: FailureReason; status?: number; noRetry?: boolean };

/** Wire milliseconds; all but `triggerLife` are read at each use, so that they can be changed while the workspace runs. */
export interface WireTimes {
  /** Until an answer or ack counts as missing; Slack waits 3000. */
  ackTimeout: number;
  /** Slack: 3000. */
  triggerLife: number;
  /** Slack: 30 minutes. */
  responseUrlLife: number;
  /** Between the socket's pings; Bolt's watchdog arms with the first one. */
  pingEvery: number;
  /** From a `disconnect` frame until Slack closes the link itself; Slack: about 10 s. */
  retireAfter: number;
}

export type RequestKind = "slash_commands" | "interactive";

/** What differs between signed HTTP and Socket Mode; faults, order, filters and retries are shared (`queue.ts`). */
export interface Wire {
  deliverEvent(envelope: EventEnvelope, retry?: Retry): Promise<Answer>;
  /** A command or interaction: sent once, never retried. */
  deliverRequest(kind: RequestKind, payload: Record<string, unknown>): Promise<Answer>;
  /** What is told to the app itself and never repeated; a link takes no such thing. */
  deliverNotice(notice: Record<string, unknown>): Promise<void>;
  /** Called when a bot comes (back) that could be reached now; retries do not wait for their time then. */
  onReachable(listener: () => void): void;
  /** As when the time for every answer under way is over, but now. */
  giveUp(): void;
  stop(): Promise<void>;
}

import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { OutboxCounts } from "../store/port.ts";

export interface MetricsOptions {
  /** Read when somebody asks for the metrics. */
  outbox: () => Promise<OutboxCounts>;
  /** False: the last commit was not kept. */
  storeWorks: () => boolean;
  pendingCommits: () => number;
  /** Whether Slack answers, and takes the token. */
  slackUp: () => boolean;
  /** Incident time, which due times are in. */
  now: () => number;
}

export interface Metrics {
  registry: Registry;
  /** Something that Slack sent; `seconds` of wire time from its arrival to the acknowledgement, null when there was none. */
  input(seen: { kind: string; outcome: string; seconds: number | null }): void;
  /** An attempt of the dispatcher. */
  effect(seen: { type: string; outcome: string; seconds: number }): void;
}

/** The golden signals of the bot itself. No label names an incident or a person: metrics are read by everybody. */
export function createMetrics({ outbox, storeWorks, pendingCommits, slackUp, now }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const inputs = new Counter({
    name: "sitrep_inputs_total",
    help: "What came in, by kind and outcome.",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const acks = new Histogram({
    name: "sitrep_ack_seconds",
    help: "From arrival to acknowledgement; Slack waits three seconds.",
    labelNames: ["kind"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });
  const effects = new Counter({
    name: "sitrep_effects_total",
    help: "Attempts at what must happen outside, by type and outcome.",
    labelNames: ["type", "outcome"],
    registers,
  });
  const effectSeconds = new Histogram({
    name: "sitrep_effect_seconds",
    help: "From claim to settlement of an attempt.",
    labelNames: ["type"],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  outboxGauges(registry, { outbox, storeWorks, now });
  const queue: Gauge = new Gauge({
    name: "sitrep_commit_queue",
    help: "Commits that wait for the disk.",
    registers,
    collect: () => queue.set(pendingCommits()),
  });
  const slack: Gauge = new Gauge({
    name: "sitrep_slack_up",
    help: "Whether Slack answered when it was last asked, and takes the token.",
    registers,
    collect: () => slack.set(slackUp() ? 1 : 0),
  });
  return {
    registry,
    input: ({ kind, outcome, seconds }) => {
      inputs.inc({ kind, outcome });
      if (seconds !== null) acks.observe({ kind }, seconds);
    },
    effect: ({ type, outcome, seconds }) => {
      effects.inc({ type, outcome });
      effectSeconds.observe({ type }, seconds);
    },
  };
}

/** One question to the store fills them all; when it has no answer they are absent, and `sitrep_store_up` is 0. */
function outboxGauges(
  registry: Registry,
  { outbox, storeWorks, now }: Omit<MetricsOptions, "pendingCommits" | "slackUp">,
): void {
  const registers = [registry];
  let asked: Promise<OutboxCounts | undefined> | undefined;
  // The registry collects all gauges at once.
  const counts = (): Promise<OutboxCounts | undefined> => {
    asked ??= outbox()
      .catch(() => undefined)
      .finally(() => (asked = undefined));
    return asked;
  };
  const effects: Gauge = new Gauge({
    name: "sitrep_outbox_effects",
    help: "Effects that are not done, by state; timers are not counted.",
    labelNames: ["state"],
    registers,
    collect: async () => {
      const known = await counts();
      effects.reset();
      if (!known) return;
      effects.set({ state: "pending" }, known.pending);
      effects.set({ state: "claimed" }, known.claimed);
      effects.set({ state: "held" }, known.held);
      effects.set({ state: "dead" }, known.dead);
    },
  });
  const oldest: Gauge = new Gauge({
    name: "sitrep_outbox_oldest_due_seconds",
    help: "How long the oldest effect or timer that is due has been waiting.",
    registers,
    collect: async () => {
      const known = await counts();
      oldest.remove();
      if (!known) return;
      oldest.set(known.oldestDue === null ? 0 : Math.max(0, now() - known.oldestDue) / 1000);
    },
  });
  const up: Gauge = new Gauge({
    name: "sitrep_store_up",
    help: "Whether the database answers, and kept the last commit.",
    registers,
    collect: async () => up.set((await counts()) && storeWorks() ? 1 : 0),
  });
}

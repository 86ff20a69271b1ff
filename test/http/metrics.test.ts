import { expect, test } from "vitest";
import { createMetrics } from "../../src/http/metrics.ts";
import { bench } from "./bench.ts";

const lineOf = (text: string, name: string): string | undefined =>
  text.split("\n").find((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));

test("metrics show what came in, how fast it was answered, and what waits", async () => {
  const { ask, metrics } = await bench();
  metrics.input({ kind: "command", outcome: "ok", seconds: 0.03 });
  metrics.input({ kind: "command", outcome: "failed", seconds: null });
  metrics.effect({ type: "PostMessage", outcome: "done", seconds: 0.4 });
  metrics.effect({ type: "PostMessage", outcome: "retry", seconds: 10 });
  const response = await ask("/metrics");
  expect(response.headers.get("content-type")).toContain("text/plain");
  const text = await response.text();
  expect(text).toContain('sitrep_inputs_total{kind="command",outcome="ok"} 1');
  expect(text).toContain('sitrep_inputs_total{kind="command",outcome="failed"} 1');
  expect(text).toContain('sitrep_ack_seconds_count{kind="command"} 1');
  expect(text).toContain('sitrep_ack_seconds_bucket{le="0.05",kind="command"} 1');
  expect(text).toContain('sitrep_effects_total{type="PostMessage",outcome="retry"} 1');
  expect(text).toContain('sitrep_effect_seconds_count{type="PostMessage"} 2');
  expect(lineOf(text, 'sitrep_outbox_effects{state="pending"}')).toMatch(/ [1-9]/);
  expect(lineOf(text, "sitrep_outbox_oldest_due_seconds")).toBe("sitrep_outbox_oldest_due_seconds 90");
  expect(lineOf(text, "sitrep_commit_queue")).toBe("sitrep_commit_queue 0");
  expect(lineOf(text, "sitrep_store_up")).toBe("sitrep_store_up 1");
});

test("no metric names an incident or a person", async () => {
  const { ask } = await bench();
  const text = await (await ask("/metrics")).text();
  expect(text).not.toMatch(/checkout|INC-|inc-1|U1|alice/);
});

test("when the database does not answer, that is what the metrics say", async () => {
  const counts = { pending: 3, claimed: 1, held: 0, dead: 2, oldestDue: null };
  let up = true;
  let asked = 0;
  const { registry } = createMetrics({
    outbox: () => {
      asked += 1;
      return up ? Promise.resolve(counts) : Promise.reject(new Error("disk full"));
    },
    slackUp: () => true,
    storeWorks: () => true,
    pendingCommits: () => 0,
    now: () => 0,
  });
  expect(await registry.metrics()).toContain('sitrep_outbox_effects{state="dead"} 2');
  expect(asked).toBe(1);
  up = false;
  const text = await registry.metrics();
  expect(lineOf(text, "sitrep_store_up")).toBe("sitrep_store_up 0");
  expect(text).not.toContain('sitrep_outbox_effects{state="dead"}');
  expect(lineOf(text, "sitrep_outbox_oldest_due_seconds")).toBeUndefined();
});

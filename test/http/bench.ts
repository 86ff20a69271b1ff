import { onTestFinished } from "vitest";
import { wireNow, wireSleep } from "../../src/clock.ts";
import { handle, type Handling } from "../../src/handle.ts";
import { createMetrics } from "../../src/http/metrics.ts";
import { createHttpServer, type HttpOptions, type Readiness } from "../../src/http/server.ts";
import { exportPostmortem } from "../../src/postmortem/export.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { declare, declaredAt, opened, rules, text } from "../domain/given.ts";

export const token = "correct-horse";

/** A server on a free port and a database of its own, with one incident. */
export async function bench(more: Partial<HttpOptions> = {}) {
  const store = await openSqliteStore({ path: ":memory:", serve: false, wireNow, sleep: wireSleep });
  const handling: Handling = { store, rules };
  await handle(handling, declare({ title: text("checkout &lt;500s&gt; & more") }));
  await handle(handling, opened);
  const metrics = createMetrics({
    outbox: () => store.outboxCounts(declaredAt + 90_000),
    slackUp: () => true,
    storeWorks: () => store.fault === null,
    pendingCommits: () => store.pendingCommits,
    now: () => declaredAt + 90_000,
  });
  const ready: Readiness = { ready: true, checks: [{ name: "database", ok: true, says: "answers" }] };
  const logged: { fields: object; says: string }[] = [];
  const log = (fields: object, says: string) => void logged.push({ fields, says });
  const server = createHttpServer({
    handling,
    readiness: () => Promise.resolve(ready),
    metrics: metrics.registry,
    apiToken: token,
    exportPostmortem: (incident) => exportPostmortem(handling, incident),
    log: { warn: log, error: log },
    ...more,
  });
  const listening = await server.listen(0);
  if (!("port" in listening)) throw new Error(listening.fault);
  const url = `http://127.0.0.1:${listening.port}`;
  onTestFinished(async () => {
    await server.close();
    await store[Symbol.asyncDispose]();
  });

  return {
    server,
    handling,
    metrics,
    ready,
    logged,
    url,
    port: listening.port,
    ask: (path: string, init?: RequestInit) => fetch(`${url}${path}`, init),
    /** With the token. */
    api: (path: string, init: RequestInit = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } }),
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { CleanUp } from "./clean-up.ts";
import type { Clock } from "./clock.ts";
import { newId, systemClock, wireNow, wireSleep } from "./clock.ts";
import type { Config } from "./config.ts";
import { CatchingUp } from "./dispatch/catching-up.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import { isAccessCommand } from "./domain/access/commands.ts";
import type { Command } from "./domain/command.ts";
import { isDeparturesCommand } from "./domain/departures/commands.ts";
import { isPresenceCommand } from "./domain/presence/commands.ts";
import { handle, type Handling } from "./handle.ts";
import { createMetrics } from "./http/metrics.ts";
import { readinessOf } from "./http/readiness.ts";
import { createHttpServer } from "./http/server.ts";
import type { Log } from "./log.ts";
import { type AskPerson, exportPostmortem } from "./postmortem/export.ts";
import type { SlackWire } from "./slack/wire.ts";
import { tierOf } from "./slack/methods.ts";
import { SlackSide } from "./slack/side.ts";
import { StoreFault } from "./store/fault.ts";
import type { Store } from "./store/port.ts";
import { openSqliteStore } from "./store/sqlite/open.ts";
import { Webhooks } from "./webhooks/perform.ts";

export interface AppOptions {
  config: Config;
  log: Log;
  /** Incident time; the machine's unless given. */
  clock?: Clock;
  /** Wire milliseconds, where they should not be the usual ones; after `webhookTimeout` (5 s) a call of one counts as lost. */
  wire?: Partial<SlackWire & { webhookTimeout: number }>;
  /** Every call that goes out goes through it. */
  fetch?: typeof globalThis.fetch;
  /** Puts something between the app and its store. */
  aroundStore?: (store: Store) => Store;
  /** Effects under way at the same time; with 1 a run is the same every time. */
  concurrency?: number;
  /** The process should end, so that its supervisor starts another. */
  onFatal?: (message: string) => void;
  /** Gives up waiting for Slack at the start. */
  signal?: AbortSignal;
}

/** Why Sitrep cannot start, in one sentence. */
export interface StartFault {
  fault: string;
}

/** A Sitrep that runs. Idle: nothing is under way that could still happen at this instant. */
export interface Sitrep extends AsyncDisposable {
  port: number;
  store: Store;
  isIdle(): boolean;
  idle(): Promise<void>;
  /** Lets what is under way end, for at most `within` ms of wire time each: what did not is looked up at the next start. */
  stop(within?: number): Promise<void>;
}

/** Opens the database, listens, dispatches, then meets Slack, which nothing else waits for; stopping goes the other way. */
export async function startApp(options: AppOptions): Promise<Sitrep | StartFault> {
  const { config, log, clock = systemClock } = options;
  const clientTimeout = options.wire?.clientTimeout ?? 10_000;
  const cleanUp = new CleanUp();
  try {
    const opened = await openSqliteStore({
      path: config.database,
      serve: true,
      wireNow,
      sleep: wireSleep,
      log,
    });
    cleanUp.defer(() => opened[Symbol.asyncDispose]());
    const store = options.aroundStore?.(opened) ?? opened;
    const handling: Handling = { store, rules: config.rules, observe: teller(log) };
    const exported = (incident: number, askPerson?: AskPerson) =>
      exportPostmortem(handling, incident, askPerson);
    const metrics = createMetrics({
      outbox: () => store.outboxCounts(clock.now()),
      storeWorks: () => store.fault === null,
      pendingCommits: () => store.pendingCommits,
      slackUp: () => slack.state().reachable,
      now: () => clock.now(),
    });
    const webhooks = new Webhooks({
      targets: config.webhooks,
      store,
      clock,
      fetch: options.fetch ?? globalThis.fetch,
      timeout: options.wire?.webhookTimeout ?? 5000,
    });
    let dispatcher: Dispatcher | undefined;
    const catchingUp = new CatchingUp({ store, clock, newId, log });
    const slack = new SlackSide({
      ...config.slack,
      clock,
      log,
      handling,
      exportPostmortem: exported,
      timeout: clientTimeout,
      newId,
      observe: (taken) => {
        metrics.input(taken);
        if (taken.kind !== "event") return;
        if (taken.outcome === "ok" || taken.outcome === "late") catchingUp.heard(taken.missedAt);
        // Slack repeats it, but not for as long as a database may fail.
        else if (taken.outcome === "failed") void catchingUp.ask();
      },
      onGap: () => catchingUp.ask(),
      onHeard: () => dispatcher?.heard(),
      caughtUp: (incident, found) => catchingUp.tell(incident, found),
      ...(options.wire && { wire: options.wire }),
      ...(options.fetch && { fetch: options.fetch }),
      ...(options.signal && { signal: options.signal }),
      onFatal: options.onFatal ?? (() => {}),
      onAnswer: () => dispatcher?.resume(),
      onConnected: () => log.info(served, "Sitrep is ready"),
    });
    const served = { port: config.port, mode: config.slack.appToken ? "socket" : "http" };

    const server = createHttpServer({
      ...(config.slack.appToken === undefined && {
        slackListener: (request: IncomingMessage, response: ServerResponse) =>
          slack.requestListener ? slack.requestListener(request, response) : notYet(response),
      }),
      handling,
      metrics: metrics.registry,
      readiness: async () => {
        await slack.check();
        return readinessOf({
          store,
          now: clock.now(),
          slack: slack.state(),
          dispatcher: dispatcher?.status(),
          configuration: slack.configuration?.says(),
          webhooks: webhooks.troubles,
        });
      },
      ...(config.apiToken !== undefined && { apiToken: config.apiToken }),
      ...(config.privateApiToken !== undefined && { privateApiToken: config.privateApiToken }),
      exportPostmortem: (incident) => exported(incident),
      log,
    });
    const listening = await server.listen(config.port);
    if ("fault" in listening) return await stopWith(cleanUp, listening.fault);
    let within: number | undefined;
    cleanUp.defer(() => server.close(within));

    served.port = listening.port;

    dispatcher = new Dispatcher({
      store,
      handle: (command, handlingOptions) => handle(handling, command, handlingOptions),
      clock,
      performer: slack.performer,
      webhooks,
      held: true,
      tierOf,
      newToken: newId,
      wireNow,
      log,
      observe: (attempt) => metrics.effect(attempt),
      ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    });
    const dispatching = dispatcher;
    await dispatching.start();
    cleanUp.defer(() => dispatching.stop(within));

    cleanUp.defer(() => slack.stop());
    catchingUp.start();
    cleanUp.defer(() => catchingUp.stop());
    const refused = await slack.start();
    if (refused) return await stopWith(cleanUp, refused.fault);
    if (!slack.state().reachable) log.warn(served, "Sitrep works without Slack until it answers");

    const parts = [slack, dispatcher, server, catchingUp];
    const isIdle = () => store.pendingCommits === 0 && parts.every((part) => part.isIdle());
    return {
      port: listening.port,
      store,
      isIdle,
      async idle() {
        while (!isIdle()) {
          await Promise.all(parts.map((part) => part.idle()));
          // A commit from elsewhere is flushed in a later turn, which this must not keep from coming.
          if (store.pendingCommits > 0) await wireSleep(0);
        }
      },
      stop(atMost) {
        within = atMost;
        return cleanUp.run();
      },
      [Symbol.asyncDispose]: () => cleanUp.run(),
    };
  } catch (error) {
    if (error instanceof StoreFault) return stopWith(cleanUp, error.message);
    await cleanUp.run();
    throw error;
  }
}

const isNews = (command: Command): boolean =>
  isPresenceCommand(command) || isAccessCommand(command) || isDeparturesCommand(command);

/** One line a command: who wanted what of which incident, and what became of it. Never what was said. */
const teller =
  (log: Log): Handling["observe"] =>
  (command, outcome) => {
    const { actor } = command;
    const by = actor.kind === "bot" ? "sitrep" : actor.user;
    if (outcome.ok) {
      const { answer, repeated } = outcome;
      const incident = "number" in answer ? answer.number : "incident" in command ? command.incident : null;
      const fields = { incident, command: command.type, by };
      const says = repeated ? "command came again, answered as before" : "command done";
      // Who comes and goes, and what becomes of a channel, is Slack's news and nobody's decision.
      if (isNews(command)) log.debug(fields, says);
      else log.info(fields, says);
    } else {
      const incident = "incident" in command ? command.incident : null;
      log.info({ incident, command: command.type, by, why: outcome.refusal.code }, "command refused");
    }
  };

async function stopWith(cleanUp: CleanUp, fault: string): Promise<StartFault> {
  await cleanUp.run();
  return { fault };
}

// Slack repeats an event, and tells a person that the command did not get through.
const notYet = (response: ServerResponse) => response.writeHead(503, { "retry-after": "5" }).end();

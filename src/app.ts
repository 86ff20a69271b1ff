import type { IncomingMessage, ServerResponse } from "node:http";
import { CleanUp } from "./clean-up.ts";
import type { Clock } from "./clock.ts";
import { newId, systemClock, wireNow, wireSleep } from "./clock.ts";
import type { Config } from "./config.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import { isPresenceCommand } from "./domain/presence/commands.ts";
import { handle, handleFact, type Handling } from "./handle.ts";
import { createMetrics } from "./http/metrics.ts";
import { createHttpServer, type Readiness } from "./http/server.ts";
import type { Log } from "./log.ts";
import { type AskPerson, exportPostmortem } from "./postmortem/export.ts";
import { ConfigurationCheck } from "./slack/check-configuration.ts";
import { connectSlack, type SlackConnection, type SlackWire } from "./slack/connect.ts";
import { downloadFrom } from "./slack/download.ts";
import { registerListeners } from "./slack/listeners.ts";
import { tierOf } from "./slack/methods.ts";
import { standingIn } from "./slack/standing.ts";
import { createPerformer } from "./slack/perform.ts";
import { StoreFault } from "./store/fault.ts";
import type { Store } from "./store/port.ts";
import { openSqliteStore } from "./store/sqlite/open.ts";

export interface AppOptions {
  config: Config;
  log: Log;
  /** Incident time; the machine's unless given. */
  clock?: Clock;
  /** Wire milliseconds, where they should not be Slack's own. */
  wire?: Partial<SlackWire>;
  /** Every call to Slack goes through it. */
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

/** Opens the database, listens, meets Slack, then dispatches; stopping goes the other way. */
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
      pendingCommits: () => store.pendingCommits,
      now: () => clock.now(),
    });
    let slack: SlackConnection | undefined;
    // Not before its listeners are registered: an app without them acknowledges events and drops them.
    let requestListener: SlackConnection["requestListener"];
    let dispatcher: Dispatcher | undefined;
    let check: ConfigurationCheck | undefined;

    const server = createHttpServer({
      ...(config.slack.appToken === undefined && {
        slackListener: (request: IncomingMessage, response: ServerResponse) =>
          requestListener ? requestListener(request, response) : notYet(response),
      }),
      handling,
      metrics: metrics.registry,
      readiness: () => readiness({ store, clock, slack, dispatcher, check }),
      ...(config.apiToken !== undefined && { apiToken: config.apiToken }),
      ...(config.privateApiToken !== undefined && { privateApiToken: config.privateApiToken }),
      exportPostmortem: (incident) => exported(incident),
      log,
    });
    const listening = await server.listen(config.port);
    if ("fault" in listening) return await stopWith(cleanUp, listening.fault);
    let within: number | undefined;
    cleanUp.defer(() => server.close(within));

    const connected = await connectSlack({
      ...config.slack,
      clock,
      log,
      observe: (taken) => metrics.input(taken),
      ...(options.wire && { wire: options.wire }),
      ...(options.fetch && { fetch: options.fetch }),
      ...(options.onFatal && { onFatal: options.onFatal }),
      ...(options.signal && { signal: options.signal }),
    });
    if (!connected) return await stopWith(cleanUp, "Stopped while waiting for Slack to answer.");
    if ("fault" in connected) return await stopWith(cleanUp, connected.fault);
    slack = connected;
    const identity = slack.auth();
    await store.commit({ at: clock.now(), meta: { teamUrl: identity.teamUrl } });

    dispatcher = new Dispatcher({
      store,
      handle: (command, handlingOptions) => handle(handling, command, handlingOptions),
      clock,
      performer: createPerformer({
        client: slack.clients.dispatch,
        store,
        rules: config.rules,
        clock,
        auth: identity,
        fetch: slack.fetch,
        timeout: clientTimeout,
        exportPostmortem: exported,
        recordFact: (fact) => handleFact(handling, fact),
      }),
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

    const checking = new ConfigurationCheck({
      client: slack.clients.interactive,
      rules: config.rules,
      log,
    });
    check = checking;
    cleanUp.defer(() => checking.stop());
    registerListeners(slack.app, {
      handling,
      clock,
      log,
      auth: identity,
      interactive: slack.clients.interactive,
      standing: standingIn({ client: slack.clients.interactive, clock, log, teamId: identity.teamId }),
      configuration: checking,
      download: downloadFrom({
        fetch: slack.fetch,
        timeout: clientTimeout,
        token: config.slack.botToken,
        apiUrl: config.slack.apiUrl,
      }),
      newId,
    });
    requestListener = connected.requestListener;
    cleanUp.defer(() => connected.stop());
    const refused = await slack.start();
    if (refused) return await stopWith(cleanUp, refused.fault);
    log.info({ port: listening.port, mode: config.slack.appToken ? "socket" : "http" }, "Sitrep is ready");

    await checking.refresh();
    const parts = [slack, dispatcher, server];
    const isIdle = () => store.pendingCommits === 0 && parts.every((part) => part.isIdle());
    return {
      port: listening.port,
      store,
      isIdle,
      async idle() {
        while (!isIdle()) await Promise.all(parts.map((part) => part.idle()));
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
      // Who comes and goes is Slack's news and nobody's decision.
      if (isPresenceCommand(command)) log.debug(fields, says);
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

interface Parts {
  store: Store;
  clock: Clock;
  slack: SlackConnection | undefined;
  dispatcher: Dispatcher | undefined;
  check: ConfigurationCheck | undefined;
}

const stuckAfter = 5 * 60_000;

/** What must hold before people can rely on the bot, each with what is wrong. */
async function readiness({ store, clock, slack, dispatcher, check }: Parts): Promise<Readiness> {
  await slack?.check();
  await check?.refresh();
  const reach = slack?.state() ?? { reachable: false, says: "Slack has not answered yet" };
  const now = clock.now();
  const counts = await store.outboxCounts(now).catch(() => undefined);
  const waiting = now - (counts?.oldestDue ?? now);
  const fault = dispatcher?.status().storeFault ?? null;
  const stuck = waiting > stuckAfter;
  const checks = [
    { name: "database", ok: counts !== undefined && fault === null, says: fault ?? "the database answers" },
    { name: "slack", ok: reach.reachable, says: reach.says },
    {
      name: "queue",
      // What Slack refused is told, but a bot that is otherwise well must not be taken out of service for it.
      ok: dispatcher !== undefined && !stuck,
      says: `${counts?.pending ?? "?"} pending, ${counts?.dead ?? "?"} refused by Slack, the oldest waits ${Math.round(waiting / 1000)} s`,
    },
    // What is not there is skipped, with a loud note: no reason to take the bot out of service.
    { name: "configuration", ok: true, says: check?.says() ?? "not yet compared with Slack" },
  ];
  return { ready: checks.every((check) => check.ok), checks };
}

import { App } from "@slack/bolt";
import type { FetchFunction } from "@slack/web-api";
import { type Clock, endsWithin } from "../clock.ts";
import { boltLogger, type SlackLog } from "./bolt-logger.ts";
import { ask, type Caller, CallFailed } from "./calls.ts";
import { type Clients, clientOptions, createClients } from "./clients.ts";
import { httpMode, type RequestListener } from "./http-mode.ts";
import { type Identity, learnIdentity } from "./identity.ts";
import { botTokenFault, type StartFault } from "./token-faults.ts";
import type { Later } from "./late-answer.ts";
import { post } from "./perform/fetch.ts";
import { patience, Reach } from "./reach.ts";
import { Intake, type Taken } from "./receiver.ts";
import type { TokenWatch } from "./token-watch.ts";
import { SocketLink } from "./socket-link.ts";
import { type SlackWire, usualWire } from "./wire.ts";

export interface ConnectOptions {
  botToken: string;
  /** Given: Socket Mode. */
  appToken?: string;
  /** Needed without `appToken`. */
  signingSecret?: string;
  /** Undefined: Slack's own. */
  apiUrl?: string;
  clock: Clock;
  log: SlackLog;
  /** Told whether Slack takes the token. */
  token?: Pick<TokenWatch, "refused" | "taken">;
  wire?: Partial<SlackWire>;
  fetch?: FetchFunction;
  /** Told of everything that Slack sent, once it is dealt with. */
  observe?: (taken: Taken) => void;
  /** Socket Mode is lost for good: the process should end, so that its supervisor starts another. Called at most once. */
  onFatal?: (message: string) => void;
  /** Ends waiting for Slack to answer. */
  signal?: AbortSignal;
  /** Who the bot was when it last started with this token: taken where Slack does not say now. */
  remembered?: Identity;
  /** What is asked while waiting counts as under way. */
  during?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Told whenever Slack does not answer, or not so that it helps. */
  onTrouble?: () => void;
}

/** The bot's side of Slack: what comes in, and the clients for what goes out. */
export interface SlackConnection {
  app: App;
  clients: Clients;
  /** `fetch` as the connection uses it, for response URLs and uploads. */
  fetch: FetchFunction;
  /** HTTP mode: to be mounted at `POST /slack/events`. */
  requestListener?: RequestListener;
  auth: () => Identity;
  /** False: Slack has not said so itself, the identity is the remembered one. */
  isConfirmed: boolean;
  /** Asks Slack once more whether the token holds. */
  confirm: () => Promise<boolean>;
  /** Socket Mode connects; HTTP mode has nothing to do. */
  start: () => Promise<StartFault | undefined>;
  /**
   * Told of each gap that is seen, in which something that people did may have been missed: of each `hello` of Socket Mode but the
   * first, and of each minute in which Slack dropped events. That a request over HTTP never came is not seen.
   */
  onConnected: (listener: () => void) => void;
  /** Takes nothing in any more, waits for what is under way, then disconnects. */
  stop: () => Promise<void>;
  isIdle: () => boolean;
  idle: () => Promise<void>;
  /** Asks the Web API whether it answers, whatever becomes of the link: one method may be broken, or all of it. */
  isThere: () => Promise<boolean>;
  /** Whether what people do comes in. */
  hears: () => boolean;
  /** Makes `state` true of now: asks Slack, unless it answered lately. */
  check: () => Promise<void>;
  state: () => { reachable: boolean; says: string };
}

/** Waits for Slack to answer; register the listeners on `app`, then `start`. Undefined when `signal` aborted first. */
export async function connectSlack(
  options: ConnectOptions,
): Promise<SlackConnection | StartFault | undefined> {
  const { botToken, appToken, signingSecret, apiUrl, clock, log, token } = options;
  const wire = { ...usualWire, ...options.wire };
  const reach = new Reach(options.onTrouble);
  const fetch = reach.watch(options.fetch ?? globalThis.fetch);
  const logger = boltLogger(log);
  const needs = { botToken, apiUrl, fetch, logger, timeout: wire.clientTimeout };
  const clients = createClients(needs);
  const { signal, remembered, during, onTrouble } = options;
  const client = clients.interactive;
  const learned = await learnIdentity({ client, clock, log, signal, remembered, during, onTrouble });
  if (learned === undefined || "fault" in learned) return learned;
  const { identity, isConfirmed } = learned;
  let { refused } = learned;
  const confirm = async () => {
    try {
      await ask({ client, token }, "auth.test", {});
      refused = null;
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.failure.kind === "token") refused = botTokenFault(error.failure.error).fault;
      return false;
    }
  };

  const later = laterBy(clients, fetch, wire.clientTimeout);
  const intake = new Intake({
    ackBudget: wire.ackBudget,
    later,
    log,
    ...(options.observe && { observe: options.observe }),
  });
  const onFatal = options.onFatal ?? (() => {});
  const link =
    appToken === undefined
      ? undefined
      : new SocketLink({
          appToken,
          apiUrl,
          fetch,
          logger,
          log,
          wire,
          answered: () => intake.idle(),
          onFatal,
        });
  const http =
    link === undefined && signingSecret !== undefined
      ? httpMode({ signingSecret, ackBudget: wire.ackBudget, logger, log })
      : undefined;
  const receiver = link?.receiver ?? http?.receiver;
  if (!receiver)
    return { fault: "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET to be called over HTTP." };
  intake.wrap(receiver);
  const { botId, botUserId } = identity;
  const app = new App({
    token: botToken,
    receiver,
    botId,
    botUserId,
    tokenVerificationEnabled: false,
    convoStore: false,
    ignoreSelf: true,
    logger,
    clientOptions: clientOptions(needs),
  });
  // Whoever sent it gets the answer; Bolt's own handler would log it a second time.
  app.error(async (error) => {
    throw error;
  });

  return {
    app,
    clients,
    fetch,
    ...(http && { requestListener: http.listener }),
    auth: () => identity,
    isConfirmed,
    confirm,
    start: async () => link?.start(),
    onConnected(listener) {
      link?.onConnectedAgain(listener);
      intake.onDropped(listener);
    },
    async stop() {
      intake.close();
      await intake.idle();
      await link?.stop();
    },
    isIdle: () => intake.isIdle(),
    idle: () => intake.idle(),
    isThere: () => isThere({ client, token }),
    hears: () => link?.isConnected ?? true,
    check: () => reach.check(wire.answerCounts, confirm),
    state() {
      const state = reach.state();
      if (refused !== null && state.reachable) return { reachable: false, says: refused };
      if (!state.reachable) return state;
      if (link && !link.isConnected) return { reachable: false, says: link.trouble ?? "" };
      const says = [state.says, link?.trouble, intake.trouble].filter((each) => each !== undefined);
      return { reachable: true, says: says.join(". ") };
    },
  };
}

async function isThere(caller: Caller): Promise<boolean> {
  const asked = ask(caller, "auth.test", {})
    .then(() => true)
    .catch((error: unknown) => {
      if (!(error instanceof CallFailed)) throw error;
      return error.failure.kind === "limited";
    });
  return (await endsWithin(patience, asked)) && asked;
}

function laterBy({ interactive }: Clients, fetch: FetchFunction, timeout: number): Later {
  return {
    async respond(url, message) {
      const headers = { "content-type": "application/json; charset=utf-8" };
      const status = await post({ fetch, timeout }, "response_url", url, {
        headers,
        body: JSON.stringify(message),
      });
      if (status >= 300) throw new Error(`response_url: HTTP ${status}`);
    },
    async directMessage(user, message) {
      const { channel } = await interactive.conversations.open({ users: user });
      if (channel?.id === undefined) throw new Error("conversations.open gave no channel");
      await interactive.chat.postMessage({
        channel: channel.id,
        ...message,
        unfurl_links: false,
        unfurl_media: false,
      });
    },
    async showView(view, content) {
      await interactive.apiCall("views.update", { view_id: view, view: content });
    },
  };
}

import type { Handling } from "../handle.ts";
import type { Log } from "../log.ts";
import { recordRead } from "./input.ts";
import { ConfigurationCheck } from "./check-configuration.ts";
import type { ConnectOptions, SlackConnection } from "./connect.ts";
import { Directory } from "./directory.ts";
import { downloadFrom } from "./download.ts";
import { registerListeners } from "./listeners.ts";
import { createPerformer, type PerformerOptions, type SlackPerformer } from "./perform.ts";
import { standingIn } from "./standing.ts";
import type { TokenWatch } from "./token-watch.ts";

export interface WiringOptions extends Pick<ConnectOptions, "botToken" | "clock"> {
  apiUrl: string;
  log: Log;
  handling: Handling;
  exportPostmortem: PerformerOptions["exportPostmortem"];
  /** Wire milliseconds until a request that is no call counts as lost. */
  timeout: number;
  newId: () => string;
  /** A run through an incident's history is done. */
  caughtUp: PerformerOptions["caughtUp"];
}

/** What works over a connection, once it is known who the bot is. */
export interface Wiring {
  performer: SlackPerformer;
  configuration: ConfigurationCheck;
  // Not before its listeners are registered: an app without them acknowledges events and drops them.
  requestListener: SlackConnection["requestListener"];
  /** Learns what nobody should have to wait for later. */
  prepare: (signal: AbortSignal) => Promise<void>;
}

/** Gives the connection its listeners, and makes what carries out effects over it. */
export function wire(
  { app, clients, fetch, auth, requestListener }: SlackConnection,
  options: WiringOptions,
  token: TokenWatch,
): Wiring {
  const { handling, clock, log, timeout, exportPostmortem, caughtUp, botToken, apiUrl, newId } = options;
  const { dispatch, interactive } = clients;
  const identity = auth();
  const directory = new Directory({ client: dispatch, clock, log });
  const configuration = new ConfigurationCheck({ client: interactive, rules: handling.rules, log });
  const performer = createPerformer({
    client: dispatch,
    store: handling.store,
    rules: handling.rules,
    clock,
    auth: identity,
    fetch,
    timeout,
    exportPostmortem,
    recordFact: (fact) => recordRead({ handling }, fact),
    caughtUp,
    token,
    directory,
  });
  registerListeners(app, {
    handling,
    clock,
    log,
    auth: identity,
    interactive,
    standing: standingIn({ client: interactive, directory, clock, log, teamId: identity.teamId }),
    directory,
    configuration,
    download: downloadFrom({ fetch, timeout, token: botToken, apiUrl }),
    newId,
    token,
  });
  const enter = async (signal: AbortSignal) => {
    // One after the other: both read the list of channels.
    await configuration.refresh();
    await performer.prepare(signal);
  };
  return {
    performer,
    configuration,
    requestListener,
    prepare: async (signal) => void (await Promise.all([enter(signal), directory.read(signal)])),
  };
}

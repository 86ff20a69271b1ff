import { type AppOptions, type Sitrep, startApp } from "../../app.ts";
import { loadConfig } from "../../config.ts";
import { createLog } from "../../log.ts";
import { secretsOf } from "../../webhooks/target.ts";
import { type ExitCode, fail, onStopSignal, type Terminal } from "../terminal.ts";

/** Who starts it from other code than the command line may change how it runs, and is handed it once it does. */
interface Attached {
  options?: Partial<AppOptions>;
  started?: (app: Sitrep) => void;
}

/** Serves until a signal ends it in order (0), or until something is lost that only a new process gets back (1). */
export async function start(terminal: Terminal, { options = {}, started }: Attached = {}): Promise<ExitCode> {
  const loaded = loadConfig(terminal);
  if (!loaded.ok) return fail(terminal, ...loaded.faults);
  const { config } = loaded;
  const { botToken, appToken, signingSecret } = config.slack;
  const webhooks = Object.values(config.webhooks).flatMap((target) => secretsOf(target));
  const log = createLog({
    level: config.logLevel,
    secrets: [botToken, appToken, signingSecret, config.apiToken, ...webhooks],
  });
  const ended = Promise.withResolvers<ExitCode>();
  const stopped = new AbortController();
  const stopListening = onStopSignal(() => {
    stopped.abort();
    ended.resolve(0);
  });
  const die = (error: unknown) => {
    log.fatal({ err: error }, "nothing was to throw here: ending, so that the supervisor starts another");
    ended.resolve(1);
  };
  process.on("unhandledRejection", die).on("uncaughtException", die);
  try {
    const onFatal = (message: string) => {
      log.fatal({}, message);
      ended.resolve(1);
    };
    const app = await startApp({ config, log, onFatal, signal: stopped.signal, ...options });
    if (stopped.signal.aborted && "fault" in app) return 0;
    if ("fault" in app) return fail(terminal, app.fault);
    started?.(app);
    const code = await ended.promise;
    log.info({ code }, "stopping");
    await app.stop();
    return code;
  } finally {
    stopListening();
    process.off("unhandledRejection", die).off("uncaughtException", die);
  }
}

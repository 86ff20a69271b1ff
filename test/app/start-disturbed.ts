import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { start } from "../../src/cli/commands/start.ts";
import { environment } from "../../src/config.ts";
import { Breaker } from "./breaker.ts";
import { RemoteClock } from "./remote-clock.ts";

/** `sitrep start`, on the clock of the process that has started this one; it tells its moments, and kills itself with signal 9 at one. */
const toldTo = 4;
const [at = "never", now = ""] = process.argv.slice(2);
const clock = new RemoteClock(Number(now));
const breaker = new Breaker({
  at: at === "never" ? undefined : at,
  onMoment: (moment) => void writeSync(toldTo, `${moment}\n`),
  die: () => void process.kill(process.pid, "SIGKILL"),
});
process.exitCode = await start(
  {
    env: environment(),
    cwd: process.cwd(),
    stdin: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  },
  {
    options: {
      clock,
      concurrency: 1,
      fetch: breaker.fetch,
      aroundStore: breaker.aroundStore,
      wire: { clientTimeout: 2000 },
    },
    started(app) {
      clock.serve(app);
      // Nothing is kept by a process that is killed.
      flushCompileCache();
    },
  },
);

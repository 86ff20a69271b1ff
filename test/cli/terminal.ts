import { Readable } from "node:stream";
import type { Clock } from "../../src/clock.ts";
import type { Sleep } from "../../src/store/sqlite/busy.ts";
import { runCli } from "../../src/cli/program.ts";

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** `sitrep <args>`, in this process. */
export async function sitrep(
  args: readonly string[],
  {
    env = {},
    cwd = "/",
    input = "",
    clock,
    sleep,
  }: {
    env?: Record<string, string>;
    cwd?: string;
    input?: string;
    clock?: Clock;
    sleep?: Sleep;
  } = {},
): Promise<Ran> {
  let [out, err] = ["", ""];
  const code = await runCli(args, {
    env,
    cwd,
    ...(clock && { clock }),
    ...(sleep && { sleep }),
    stdin: Readable.from([input]),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

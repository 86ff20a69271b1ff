import { Readable } from "node:stream";
import { runCli } from "../../src/cli/program.ts";

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** `sitrep <args>`, in this process. */
export async function sitrep(
  args: readonly string[],
  { env = {}, cwd = "/", input = "" }: { env?: Record<string, string>; cwd?: string; input?: string } = {},
): Promise<Ran> {
  let [out, err] = ["", ""];
  const code = await runCli(args, {
    env,
    cwd,
    stdin: Readable.from([input]),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

import { environment } from "../config.ts";
import { runCli } from "./program.ts";

/** The command of this process; ends it. */
export async function main(): Promise<never> {
  // `sitrep export INC-42 | head` closes our output early, which is no fault.
  process.stdout.on("error", () => process.exit(0));
  const code = await runCli(process.argv.slice(2), {
    env: environment(),
    cwd: process.cwd(),
    stdin: process.stdin,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
  // What was written to a pipe may still be under way.
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  process.exit(code);
}

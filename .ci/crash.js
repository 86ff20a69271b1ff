// `npm run test:crash`: the whole crash matrix, at every moment of its stories. That is some 8,400 tellings, of which 2,600 are processes
// of their own: about five hours on two cores. `-- test/app/crash-kills.test.ts` takes one file of it, `-t` what names match.
import { spawnSync } from "node:child_process";

const asked = process.argv.slice(2);
const env = { CRASH_POINTS: "all", ...process.env };
const run = [
  "vitest",
  "run",
  "--config",
  "test/vitest.config.ts",
  "--reporter=default",
  "--maxConcurrency=2",
  ...(asked.some((each) => each.startsWith("test/")) ? [] : ["test/app/crash-"]),
  ...asked,
];
const { status } = spawnSync("npx", run, { stdio: "inherit", env });
process.exitCode = status ?? 1;

// `npm run test:crash`: the whole crash matrix, at every moment of its stories. That is some 9,500 tellings, of which 3,000 are processes
// of their own: three to four hours on two cores. `-- test/app/crash-kills.test.ts` takes one file of it, `-t` what names match.
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

// `npm run test:crash`: the whole crash matrix, at every moment of its stories; it takes more than an hour on two cores.
import { spawnSync } from "node:child_process";

const env = { CRASH_POINTS: "all", ...process.env };
const run = [
  "vitest",
  "run",
  "--config",
  "test/vitest.config.ts",
  "--reporter=default",
  "--maxConcurrency=2",
  "test/app/crash-",
];
const { status } = spawnSync("npx", [...run, ...process.argv.slice(2)], { stdio: "inherit", env });
process.exitCode = status ?? 1;

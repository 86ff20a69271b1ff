// `npm run verify`: everything that must hold before a change lands. Every step runs, whatever an earlier one said.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const reports = mkdtempSync(join(tmpdir(), "sitrep-verify-"));
const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);

/** Test runs are counted by their report; any other step counts as one. */
const steps = [
  { name: "test", run: ["npm", "test", "--"], report: true, env: { STORM_FAULTS: "10000" } },
  // The date line's other side, properties with a seed of their own, and whatever Slack sends twice in every story: what only
  // holds at home shows here.
  {
    name: `test in Pacific/Apia, everything delivered twice, FC_SEED=${seed}`,
    run: ["npm", "test", "--"],
    report: true,
    env: {
      TZ: "Pacific/Apia",
      DELIVERIES: "twice",
      FC_SEED: String(seed),
      ALARM_RUNS: "1000",
      STORM_FAULTS: "2000",
    },
  },
  {
    name: `crash by kill -9, CRASH_SEED=${seed}`,
    run: ["npm", "test", "--", "test/app/crash-process.test.ts", "--maxConcurrency=2"],
    report: true,
    env: { CRASH_POINTS: "40", CRASH_SEED: String(seed) },
  },
  { name: "types", run: ["npm", "run", "--silent", "types"] },
  { name: "lint", run: ["npm", "run", "--silent", "lint"] },
  { name: "format", run: ["npm", "run", "--silent", "format:check"] },
  { name: "dead code", run: ["npm", "run", "--silent", "dead-code"] },
  { name: "package", run: ["npm", "run", "--silent", "pack:check"] },
];

let passed = 0;
let failed = 0;
const broken = [];
for (const [index, { name, run, report, env }] of steps.entries()) {
  console.log(`\n== ${name}`);
  const file = join(reports, `${index}.json`);
  const [command, ...args] = run;
  const options = report ? ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`] : [];
  const { status } = spawnSync(command, [...args, ...options], {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (status !== 0) broken.push(name);
  const counted = report ? countOf(file) : undefined;
  passed += counted?.passed ?? (status === 0 ? 1 : 0);
  // A run that failed without a failing test (a leak, a crash) still fails.
  failed += counted && (counted.failed > 0 || status === 0) ? counted.failed : status === 0 ? 0 : 1;
}
rmSync(reports, { recursive: true });
if (broken.length > 0) console.log(`\nnot true: ${broken.join(", ")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function countOf(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return undefined;
  }
}

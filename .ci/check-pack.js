// `npm run pack:check`: the tarball holds what it must and no sources, and works where it is installed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const folder = mkdtempSync(join(tmpdir(), "sitrep-pack-"));
try {
  const [packed] = JSON.parse(
    run("npm", ["pack", "--json", "--pack-destination", folder]).replace(/^[^[]*/, ""),
  );
  const files = packed.files.map((file) => file.path);
  for (const wanted of [
    "bin/sitrep.js",
    "dist/cli/main.js",
    "drizzle/sqlite/",
    "manifest.yml",
    "runbooks/high-error-rate.md",
    "scenarios/payment-service-outage.yml",
    "templates/update.md",
    "templates/support.md",
    "templates/management.md",
    "LICENSE",
    "README.md",
  ])
    if (!files.some((file) => file.startsWith(wanted))) refuse(`the tarball holds no ${wanted}`);
  const stray = files.filter((file) =>
    /^(?:src|test|data|node_modules|\.ci)\/|\.ts$|\.db$|\.env$/.test(file),
  );
  if (stray.length > 0) refuse(`the tarball holds ${stray.join(", ")}`);

  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true }));
  run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline", join(folder, packed.filename)],
    folder,
  );
  const sitrep = join(folder, "node_modules", ".bin", "sitrep");
  const answered = run(sitrep, ["--version"], folder).trim();
  if (answered !== version) refuse(`sitrep --version says ${answered}, not ${version}`);
  // Needs the migrations, the template, the manifest and the scenario where the package put them.
  const played = run(sitrep, ["demo", "--once", "--speed", "10000"], folder);
  if (!played.includes("# Post-Mortem: Payment Service Outage"))
    refuse("the demo of the package wrote no post-mortem");
  console.log(`${packed.filename}: ${files.length} files, installed, answers ${answered}, plays the demo`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args, cwd = process.cwd()) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) refuse(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function refuse(why) {
  throw new Error(`package: ${why}`);
}

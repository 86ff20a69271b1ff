#!/usr/bin/env node
// Nothing is imported before the version is known: older ones crash on our modules without a word.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `sitrep: Node ${process.versions.node} is too old: Sitrep needs Node 22.18 or later (https://nodejs.org).\n`,
  );
  process.exit(1);
}

const { existsSync } = await import("node:fs");
const { join } = await import("node:path");
const { pathToFileURL } = await import("node:url");

// A checkout runs its sources; an installed package holds none, because Node strips no types below node_modules.
const source = join(import.meta.dirname, "../src/cli/main.ts");
const built = join(import.meta.dirname, "../dist/cli/main.js");
const { main } = await import(pathToFileURL(existsSync(source) ? source : built).href);
await main();

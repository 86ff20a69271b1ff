import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { wireSleep } from "../../src/clock.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { storeContract } from "./contract.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const freshPath = () => {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-store-"));
  folders.push(folder);
  return join(folder, "data/sitrep.db");
};

const opened = (path: () => string) => (wireNow: () => number) =>
  openSqliteStore({ path: path(), serve: true, wireNow, sleep: wireSleep });

storeContract("in an SQLite file", opened(freshPath));
storeContract(
  "in SQLite's memory",
  opened(() => ":memory:"),
);

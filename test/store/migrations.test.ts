import { execFile } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { migrationsFolder } from "../../src/store/sqlite/migrate.ts";
import { freshFolders } from "./folders.ts";

const freshFolder = freshFolders();
const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** What drizzle-kit would add to `folder`, given the tables of this code. */
async function generateInto(folder: string): Promise<string[]> {
  const before = readdirSync(folder);
  const kit = join(root, "node_modules/drizzle-kit/bin.cjs");
  const tables = join(root, "src/store/sqlite/tables.ts");
  await run(
    process.execPath,
    [kit, "generate", "--dialect", "sqlite", "--schema", tables, "--out", "drizzle"],
    {
      cwd: dirname(folder),
    },
  );
  return readdirSync(folder).filter((name) => !before.includes(name));
}

it("brings a database to exactly the tables of this code", async () => {
  const folder = join(freshFolder(), "drizzle");
  cpSync(migrationsFolder, folder, { recursive: true });
  expect(await generateInto(folder)).toEqual([]);
});

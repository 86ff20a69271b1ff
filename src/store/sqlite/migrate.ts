import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { StoreFault } from "../fault.ts";
import { readMigrationFiles } from "./drizzle.ts";

// `src/store/sqlite` and `dist/store/sqlite` lie equally deep.
export const migrationsFolder = join(import.meta.dirname, "../../../drizzle/sqlite");

interface Migrations {
  /** How many the database lacks. */
  pending: number;
  /** Applies them in one transaction. To be called by who holds the serving lock. */
  apply: () => void;
}

/** drizzle's own table, so that its tools understand the file. */
const createTable =
  "create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)";

/**
 * Compares the database with the migrations that came with this code.
 * @throws StoreFault `newer` or `not_ours`
 */
export function readMigrations(client: Database, path: string): Migrations {
  const known = readMigrationFiles({ migrationsFolder });
  const missing = () => {
    const applied = appliedTo(client, path);
    if (applied.some((when) => !known.some(({ folderMillis }) => folderMillis === when)))
      throw new StoreFault("newer", `The database ${path} was written by a later version of Sitrep.`);
    return known.filter(({ folderMillis }) => !applied.includes(folderMillis));
  };
  const apply = client.transaction(() => {
    client.exec(createTable);
    const note = client.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)");
    for (const migration of missing()) {
      for (const statement of migration.sql) client.exec(statement);
      note.run(migration.hash, migration.folderMillis);
    }
  });
  return {
    pending: missing().length,
    apply: () => {
      // A table that is rebuilt drops the old one, which references to it would forbid; no pragma works in a transaction.
      client.pragma("foreign_keys = off");
      apply.immediate();
    },
  };
}

function appliedTo(client: Database, path: string): number[] {
  const tables = client
    .prepare<[], string>("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all();
  if (tables.includes("__drizzle_migrations"))
    return client.prepare<[], number>("select created_at from __drizzle_migrations").pluck().all();
  if (tables.length > 0)
    throw new StoreFault("not_ours", `${path} holds another program's tables.`, {
      todo: "Let DATABASE_URL name a file of Sitrep's own.",
    });
  return [];
}

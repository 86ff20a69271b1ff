import { statSync } from "node:fs";
import type { Store } from "../port.ts";
import { StoreFault } from "../fault.ts";
import { isBusy, retryWhileBusy, type Sleep } from "./busy.ts";
import { configure, connect, faultOf, inMemory, takeLock } from "./connect.ts";
import { refuseDamaged } from "./file.ts";
import { readMigrations } from "./migrate.ts";
import { type SqliteOptions, SqliteStore } from "./store.ts";

/**
 * Opens the database, making it or bringing it up to date.
 * @throws StoreFault whose message can be shown as it is
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const { path, serve } = options;
  try {
    const letGo = serve && path !== inMemory ? lockForServing(path) : undefined;
    try {
      return await openLocked(options, letGo);
    } catch (error) {
      letGo?.();
      throw error;
    }
  } catch (error) {
    throw faultOf(error, path);
  }
}

function lockForServing(path: string): () => void {
  try {
    return takeLock(path);
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
    throw new StoreFault("in_use", `Another Sitrep is running on the database ${path}.`, { cause });
  }
}

async function openLocked(options: SqliteOptions, letGo: (() => void) | undefined): Promise<Store> {
  const { path, sleep, log } = options;
  const isNew = path !== inMemory && isNothing(path);
  const client = await retryWhileBusy(sleep, () => connect(path));
  try {
    const migrations = await retryWhileBusy(sleep, () => readMigrations(client, path));
    if (migrations.pending > 0) {
      // Who does not serve must not change the tables under somebody who does.
      const release = letGo || path === inMemory ? undefined : await lockForMigrating(path, sleep);
      try {
        await retryWhileBusy(sleep, migrations.apply);
      } finally {
        release?.();
      }
    }
    await retryWhileBusy(sleep, () => configure(client));
    if (options.serve) refuseDamaged(client, path);
    // Where there should have been one, its disk may not be mounted.
    if (isNew && options.serve) log?.warn({ database: path }, "there was no database, so a new one was made");
    return new SqliteStore(client, options, letGo);
  } catch (error) {
    client.close();
    throw error;
  }
}

/** An empty file is what a failed restore or a crashed disk may leave: to SQLite it is a database without tables. */
const isNothing = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;

async function lockForMigrating(path: string, sleep: Sleep): Promise<() => void> {
  try {
    return await retryWhileBusy(sleep, () => takeLock(path));
  } catch (cause) {
    if (!(cause instanceof StoreFault)) throw cause;
    throw new StoreFault(
      "in_use",
      `The database ${path} must be brought up to date first, but an older Sitrep is running on it.`,
      { cause, todo: "Start that one anew with this version." },
    );
  }
}

import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StoreFault } from "../fault.ts";
import { busyTimeout, codeOf, isBusy } from "./busy.ts";

export const inMemory = ":memory:";

/** Opens the file, making it and its folder if need be. @throws what SQLite or the file system says; see `faultOf`. */
export function connect(path: string): Database.Database {
  if (path !== inMemory) makeFolder(dirname(path));
  return new Database(path, { timeout: busyTimeout });
}

// Node's own `recursive` never ends where a folder cannot be made although its parent is there, as in /proc.
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** What a connection needs to keep the store's promises; the first of them changes the file. */
export function configure(client: Database.Database): void {
  client.pragma("journal_mode = wal");
  client.pragma("synchronous = full");
  client.pragma("foreign_keys = on");
  // What a savepoint must be able to undo is kept in memory, not in a file of its own.
  client.pragma("temp_store = memory");
  // Erased words are to be gone from the file, too.
  client.pragma("secure_delete = on");
}

/**
 * Holds `BEGIN EXCLUSIVE` on `<path>.lock`, which ends with the process however that dies.
 * @returns how to let go
 * @throws SQLITE_BUSY when another one holds it
 */
export function takeLock(path: string): () => void {
  makeFolder(dirname(path));
  const lock = new Database(`${path}.lock`, { timeout: busyTimeout });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => lock.close();
}

/** The sentence for what the driver or the file system met; anything else comes back as it is. */
export function faultOf(error: unknown, path: string, reading = false): unknown {
  const more = { cause: error, reading };
  const code = codeOf(error);
  if (error instanceof StoreFault) return error;
  if (isBusy(error))
    return new StoreFault("busy", `The database ${path} is locked by another process.`, more);
  if (code === "SQLITE_FULL" || code === "ENOSPC")
    return new StoreFault("full", `There is no space left for the database ${path}.`, more);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return new StoreFault("not_ours", `${path} is damaged, or is no database (${code}).`, more);
  if (/^SQLITE_READONLY|^EROFS$/.test(code))
    return new StoreFault("unwritable", `The database ${path} may only be read (${code}).`, more);
  if (/^SQLITE_(CANTOPEN|PERM|IOERR|AUTH)|^E[A-Z]+$/.test(code))
    return new StoreFault("unwritable", `The database ${path} cannot be opened and written (${code}).`, more);
  return error;
}

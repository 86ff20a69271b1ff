import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { isBusy } from "./busy.ts";

/** Whether a Sitrep serves from the database: it holds the lock beside it. Asking takes none, and makes no file. */
export function isServed(path: string): boolean {
  const lock = `${path}.lock`;
  if (!existsSync(lock)) return false;
  const client = new Database(lock, { readonly: true, timeout: 0 });
  try {
    client.prepare("select count(*) from sqlite_schema").get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    client.close();
  }
}

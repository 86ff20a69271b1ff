import { statSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { StoreFault } from "../fault.ts";
import { inMemory } from "./connect.ts";

/**
 * Throws once `path` names another file than it does now, or none. SQLite goes on writing into a file that was deleted, and
 * what it takes there is gone with the process.
 */
export function guardOf(path: string): () => void {
  if (path === inMemory) return () => {};
  const { dev, ino } = statSync(path);
  return () => {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.ino === ino && now.dev === dev) return;
    const what = now ? "Another file is now in the place of" : "Somebody has moved or deleted";
    throw new StoreFault("moved", `${what} the database ${path} while Sitrep is running on it.`);
  };
}

/** Read in some hundredths of a second. */
const readWhole = 16 * 1024 * 1024;

/**
 * Reads a file whole before anything is built upon it, unless it is large: `sitrep doctor` reads that one. SQLite itself has
 * refused one that is shorter than it says, or whose schema cannot be read.
 * @throws StoreFault `not_ours`
 */
export function refuseDamaged(client: Database, path: string): void {
  if (path === inMemory || statSync(path).size > readWhole) return;
  const found = client.pragma("quick_check(1)", { simple: true });
  if (found === "ok") return;
  const how = String(found).replaceAll(/\s+/g, " ");
  throw new StoreFault("not_ours", `The database ${path} is damaged: ${how}.`);
}

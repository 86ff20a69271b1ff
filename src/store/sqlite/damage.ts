import Database from "better-sqlite3";
import { busyTimeout, codeOf } from "./busy.ts";
import { faultOf } from "./connect.ts";

const most = 5;

/** What SQLite finds broken in the whole file, the first few; it reads all of it. Empty: it is whole. */
export function damageIn(path: string): string[] {
  let client: Database.Database | undefined;
  try {
    client = new Database(path, { readonly: true, timeout: busyTimeout });
    const found = client.prepare<[], string>(`pragma quick_check(${most})`).pluck().all();
    return found.filter((line) => line !== "ok").map((line) => line.replaceAll(/\s+/g, " "));
  } catch (error) {
    if (error instanceof Error && codeOf(error).startsWith("SQLITE_CORRUPT")) return [error.message];
    throw faultOf(error, path);
  } finally {
    client?.close();
  }
}

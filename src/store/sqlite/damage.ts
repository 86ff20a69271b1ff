import Database from "better-sqlite3";
import { busyTimeout } from "./busy.ts";
import { faultOf } from "./connect.ts";

const most = 5;

/** What SQLite finds broken in the whole file, the first few; it reads all of it. Empty: it is whole. */
export function damageIn(path: string): string[] {
  try {
    const client = new Database(path, { readonly: true, timeout: busyTimeout });
    try {
      const found = client.prepare<[], string>(`pragma quick_check(${most})`).pluck().all();
      return found.filter((line) => line !== "ok");
    } finally {
      client.close();
    }
  } catch (error) {
    throw faultOf(error, path);
  }
}

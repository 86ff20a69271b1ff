import { existsSync } from "node:fs";
import { wireNow, wireSleep } from "../clock.ts";
import { loadRecordConfig } from "../config.ts";
import type { Rules } from "../domain/rules.ts";
import type { Store } from "../store/port.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import { type ExitCode, fail, type Terminal } from "./terminal.ts";

export interface OpenRecord {
  store: Store;
  rules: Rules;
}

/** Works on the record beside a running Sitrep, or without one; asking makes no database. */
export async function withRecord(
  terminal: Terminal,
  work: (record: OpenRecord, database: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const loaded = loadRecordConfig(terminal);
  if (!loaded.ok) return fail(terminal, ...loaded.faults);
  const { database, rules } = loaded.config;
  if (!existsSync(database))
    return fail(terminal, `There is no database at ${database}; DATABASE_URL says where it is.`);
  const store = await openSqliteStore({
    path: database,
    serve: false,
    wireNow,
    sleep: terminal.sleep ?? wireSleep,
  });
  try {
    return await work({ store, rules }, database);
  } finally {
    await store[Symbol.asyncDispose]();
  }
}

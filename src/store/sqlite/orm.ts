import type { Database } from "better-sqlite3";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { drizzle, sql } from "./drizzle.ts";

export type Orm = BetterSQLite3Database;

export const ormOf = (client: Database): Orm => drizzle(client);

/** A parameter that is bound when the prepared query runs. */
export const bound = (name: string) => sql.placeholder(name);

/** The same where drizzle takes SQL only. */
export const boundSql = (name: string) => sql`${sql.placeholder(name)}`;

/** Membership in a JSON array, so that one prepared query serves any number. */
export const inJson = (column: Parameters<typeof sql>[1], name: string) =>
  sql`${column} in (select value from json_each(${sql.placeholder(name)}))`;

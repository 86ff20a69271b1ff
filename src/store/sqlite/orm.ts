import type { Database, RunResult } from "better-sqlite3";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { drizzle, is, Param, Placeholder, sql } from "./drizzle.ts";

export type Orm = BetterSQLite3Database & { $client: Database };

export const ormOf = (client: Database): Orm => drizzle(client);

/** A parameter that is bound when the prepared query runs. */
export const bound = (name: string) => sql.placeholder(name);

/** The same where drizzle takes SQL only. */
export const boundSql = (name: string) => sql`${sql.placeholder(name)}`;

/** Membership in a JSON array, so that one prepared query serves any number. */
export const inJson = (column: Parameters<typeof sql>[1], name: string) =>
  sql`${column} in (select value from json_each(${sql.placeholder(name)}))`;

type Values = Record<string, unknown>;

/**
 * A statement as drizzle has built it, without what drizzle does at each call: that took longer than SQLite's own work on
 * the rows that come with every message.
 */
export function runner(
  orm: Orm,
  built: { toSQL: () => { sql: string; params: unknown[] } },
): (values: Values) => RunResult {
  const query = built.toSQL();
  const statement = orm.$client.prepare(query.sql);
  const parameters = query.params.map(reader);
  return (values) => statement.run(...parameters.map((read) => read(values)));
}

function reader(parameter: unknown): (values: Values) => unknown {
  if (is(parameter, Placeholder)) return named(parameter.name);
  if (!is(parameter, Param) || !is(parameter.value, Placeholder)) return () => parameter;
  const read = named(parameter.value.name);
  const { encoder } = parameter;
  return (values) => encoder.mapToDriverValue(read(values));
}

const named =
  (name: string) =>
  (values: Values): unknown => {
    if (!(name in values)) throw new Error(`Nothing is given for ${name}`);
    return values[name];
  };

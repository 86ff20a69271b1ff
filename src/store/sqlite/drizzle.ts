import { createRequire } from "node:module";

// drizzle's CommonJS build loads in a fifth of the time and a tenth of the memory of its ES modules:
// docs/adr/0005-how-drizzle-is-loaded.md.
const require = createRequire(import.meta.url);

const orm: typeof import("drizzle-orm") = require("drizzle-orm");
const core: typeof import("drizzle-orm/sqlite-core") = require("drizzle-orm/sqlite-core");
const driver: typeof import("drizzle-orm/better-sqlite3") = require("drizzle-orm/better-sqlite3");
const migrator: typeof import("drizzle-orm/migrator") = require("drizzle-orm/migrator");

export const { and, asc, desc, eq, is, notInArray, Param, Placeholder, sql } = orm;
export const { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } = core;
export const { drizzle } = driver;
export const { readMigrationFiles } = migrator;

import { defineConfig } from "drizzle-kit";

/** `npm run db:generate` writes what `tables.ts` changed; paths are read from the repository's root. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./src/store/sqlite/tables.ts",
  out: "./drizzle/sqlite",
});

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { z } from "zod";

const run = promisify(execFile);

/** Opens a store in a process of its own and prints the formats in which drizzle's files were loaded. */
const script = `
  import { registerHooks } from "node:module";
  const formats = {};
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (url.includes("/node_modules/drizzle-orm/")) formats[loaded.format] = (formats[loaded.format] ?? 0) + 1;
      return loaded;
    },
  });
  const { openSqliteStore } = await import("./src/store/sqlite/open.ts");
  const store = await openSqliteStore({ path: ":memory:", serve: false, wireNow: () => 0, sleep: async () => {} });
  await store[Symbol.asyncDispose]();
  console.log(JSON.stringify(formats));
`;

it("loads drizzle as CommonJS alone", async () => {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: join(import.meta.dirname, "../.."),
  });
  const formats = z.record(z.string(), z.number()).parse(JSON.parse(stdout));
  expect(Object.keys(formats)).toEqual(["commonjs"]);
  expect(formats["commonjs"]).toBeGreaterThan(50);
});

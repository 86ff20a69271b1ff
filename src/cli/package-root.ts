import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

// `src/cli/` and `dist/cli/` lie equally deep.
export const packageRoot = join(import.meta.dirname, "../..");

export const version = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")))
    .version;

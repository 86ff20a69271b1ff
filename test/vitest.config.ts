import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

// Thousands of commits, each with its flush: in memory, where there is such a place, no test waits for the disk.
const inMemory = "/dev/shm";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    // No module mocks and no singletons, so files can share a worker.
    isolate: false,
    pool: "threads",
    // The main thread has nothing to do meanwhile, so none is kept free for it.
    maxWorkers: "100%",
    setupFiles: ["test/setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    unstubEnvs: true,
    ...(existsSync(inMemory) && { env: { TMPDIR: inMemory } }),
  },
});

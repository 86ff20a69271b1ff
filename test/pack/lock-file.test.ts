import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const { packages } = Lock.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

// `npm ci` refuses a lock that lacks a package of any platform, also of one that it would not install.
it("the lock file holds every platform's packages, so that npm ci works on all of them", () => {
  const paths = Object.keys(packages);
  const missing = Object.entries(packages).flatMap(([owner, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))
      .map((name) => `${owner} wants ${name}`),
  );
  expect(paths.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

it("the lock file names no registry", () => {
  const named = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
  expect(named).toEqual([]);
});

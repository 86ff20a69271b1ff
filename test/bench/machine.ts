import { execFileSync } from "node:child_process";
import { readFileSync, statfsSync } from "node:fs";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { z } from "zod";

const packageSchema = z.object({ version: z.string() });
const versionOf = (name: string): string =>
  packageSchema.parse(JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"))).version;

/** What the figures depend on. @param folder where databases lie */
export function circumstances(folder: string): Record<string, string> {
  return {
    machine: `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? "unknown make"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    system: `${type()} ${release()} ${arch()}, databases on ${fileSystemOf(folder)}`,
    node: process.versions.node,
    bolt: versionOf("@slack/bolt"),
    "better-sqlite3": versionOf("better-sqlite3"),
    sitrep: `${versionOf("..")} at ${commit()}`,
  };
}

// In memory nothing is ever flushed, which makes the figures worthless.
const inMemory = 0x01021994;
const fileSystemOf = (folder: string): string =>
  statfsSync(folder).type === inMemory ? "tmpfs, IN MEMORY: set TMPDIR to a folder on a disk" : "a disk";

function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  try {
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : ", changed");
  } catch {
    return "an unknown commit";
  }
}

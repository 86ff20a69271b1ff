import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mount = (...args: string[]): void => void execFileSync("mount", args, { stdio: "pipe" });

/** A disk of its own, of `kilobytes`, which only some machines let a test have. */
export class SmallDisk implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "sitrep-disk-"));

  constructor(kilobytes: number) {
    try {
      mount("-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", this.folder);
    } catch (error) {
      rmSync(this.folder, { recursive: true });
      throw error;
    }
  }

  /** Until nothing goes on it any more. */
  fill(): void {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) appendFileSync(join(this.folder, "filler"), Buffer.alloc(size));
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      }
    }
  }

  free(): void {
    rmSync(join(this.folder, "filler"));
  }

  /** Only while nothing on it is open for writing. */
  readOnly(): void {
    mount("-o", "remount,ro", this.folder);
  }

  [Symbol.dispose](): void {
    execFileSync("umount", ["-l", this.folder]);
    rmSync(this.folder, { recursive: true });
  }
}

export function mayMount(): boolean {
  try {
    using _ = new SmallDisk(64);
    return true;
  } catch {
    return false;
  }
}

import { userInfo } from "node:os";
import type { Actor } from "../domain/actor.ts";
import type { Terminal } from "./terminal.ts";

/** Who acts at this shell, as the record names them. */
export function shellUser({ env }: Terminal): Actor {
  return { kind: "cli", user: env["USER"] || env["LOGNAME"] || nameOfAccount() };
}

/** A container may run under a number that has no name. */
function nameOfAccount(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}

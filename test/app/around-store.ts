import { createServer } from "node:net";
import type { Store } from "../../src/store/port.ts";

/** The same store, whose commits go through `commit`. */
export const withCommit = (store: Store, commit: Store["commit"]): Store =>
  new Proxy(store, {
    get(target, name) {
      if (name === "commit") return commit;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function"
        ? (...parameters: unknown[]): unknown => Reflect.apply(value, target, parameters)
        : value;
    },
  });

/** A port that was free a moment ago, for a Sitrep whose address must be known before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No port was given");
  return address.port;
}

/** The same store, each of whose answers waits for `wait` first, reads and commits alike. */
export const slowed = (store: Store, wait: () => Promise<void>): Store =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "onWork" || name === Symbol.asyncDispose) return value.bind(target);
      return async (...parameters: unknown[]): Promise<unknown> => {
        await wait();
        return Reflect.apply(value, target, parameters);
      };
    },
  });

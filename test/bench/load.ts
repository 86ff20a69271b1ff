import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";

export interface Load {
  seconds: number;
  acknowledged: number;
  /** Answered otherwise than 200. */
  refused: number;
  /** Sorted milliseconds from when a request was to be sent until its answer. */
  latencies: number[];
}

/** Keep-alive connections to one server, each with one request at a time. Plain sockets, so that this side costs little. */
class Connections implements AsyncDisposable {
  readonly #free: Socket[] = [];
  readonly #all: Socket[];
  readonly #answered = new Map<Socket, (ok: boolean) => void>();
  readonly #whenFree: (() => void)[] = [];

  private constructor(sockets: Socket[]) {
    this.#all = sockets;
    for (const socket of sockets) this.#listen(socket);
  }

  static async open(port: number, many: number): Promise<Connections> {
    const sockets = Array.from({ length: many }, () => connect({ port, host: "127.0.0.1", noDelay: true }));
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    return new Connections(sockets);
  }

  /** Calls `answered` with whether it was a 200. */
  send(request: Buffer, answered: (ok: boolean) => void): void {
    const socket = this.#free.pop();
    if (!socket) {
      this.#whenFree.push(() => this.send(request, answered));
      return;
    }
    this.#answered.set(socket, answered);
    socket.write(request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = this.#all.filter((socket) => !socket.closed);
    const closed = open.map((socket) => once(socket, "close"));
    for (const socket of open) socket.destroy();
    await Promise.all(closed);
  }

  #listen(socket: Socket): void {
    let head = "";
    this.#free.push(socket);
    socket.on("data", (chunk) => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      const ok = head.startsWith("HTTP/1.1 200");
      head = "";
      const answered = this.#answered.get(socket);
      this.#answered.delete(socket);
      this.#free.push(socket);
      this.#whenFree.shift()?.();
      answered?.(ok);
    });
    socket.on("close", () => this.#answered.get(socket)?.(false));
    socket.on("error", () => {});
  }
}

export interface Sending {
  port: number;
  requests: Buffer[];
  connections: number;
  /** Requests a second, each sent at its time whatever became of those before; without it, as fast as they are answered. */
  rate?: number;
}

export async function load({ port, requests, connections, rate }: Sending): Promise<Load> {
  await using pool = await Connections.open(port, connections);
  const latencies: number[] = [];
  let refused = 0;
  const done = Promise.withResolvers<void>();
  const send = (request: Buffer, from: number) =>
    pool.send(request, (ok) => {
      if (ok) latencies.push(performance.now() - from);
      else refused += 1;
      if (latencies.length + refused === requests.length) done.resolve();
    });
  const begun = performance.now();
  if (rate === undefined) for (const request of requests) send(request, performance.now());
  else await paced(requests, rate, send);
  await done.promise;
  const seconds = (performance.now() - begun) / 1000;
  const sorted = latencies.toSorted((one, other) => one - other);
  return { seconds, acknowledged: latencies.length, refused, latencies: sorted };
}

async function paced(
  requests: Buffer[],
  rate: number,
  send: (request: Buffer, from: number) => void,
): Promise<void> {
  const begun = performance.now();
  const dueAt = (index: number) => begun + (index / rate) * 1000;
  for (let next = 0; next < requests.length;) {
    while (next < requests.length && dueAt(next) <= performance.now()) {
      const request = requests[next];
      if (request) send(request, dueAt(next));
      next += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

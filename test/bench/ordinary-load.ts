import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import type { Load } from "./load.ts";
import { messageEvent, type Said, signedHeaders } from "./messages.ts";
import type { Installed } from "./slack.ts";

/** As whoever sends events over HTTP does it: Node's own client, and each signed when it is sent. */
export async function ordinaryLoad(
  slack: Installed,
  { port, said, connections }: { port: number; said: readonly Said[]; connections: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let refused = 0;
  let next = 0;
  const begun = performance.now();
  const sendAll = async (): Promise<void> => {
    for (let one = said[next++]; one; one = said[next++]) {
      const from = performance.now();
      const body = messageEvent(slack, one);
      const ok = await sent({ agent, port, headers: signedHeaders(slack, body, Date.now()) }, body);
      if (ok) latencies.push(performance.now() - from);
      else refused += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, sendAll));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  const sorted = latencies.toSorted((one, other) => one - other);
  return { seconds, acknowledged: latencies.length, refused, latencies: sorted };
}

const sent = (
  { agent, port, headers }: { agent: Agent; port: number; headers: Record<string, string> },
  body: string,
): Promise<boolean> =>
  new Promise((resolve) => {
    const outgoing = request(
      { agent, port, host: "127.0.0.1", path: "/slack/events", method: "POST", headers },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode === 200));
        response.once("error", () => resolve(false));
      },
    );
    outgoing.once("error", () => resolve(false));
    outgoing.end(body);
  });

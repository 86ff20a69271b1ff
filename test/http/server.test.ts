import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { createHttpServer } from "../../src/http/server.ts";
import { bench } from "./bench.ts";

const errorOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { error: unknown }).error;

test("it says that it is alive", async () => {
  const { ask } = await bench();
  const response = await ask("/healthz");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ alive: true });
});

test("it is ready when every check is, and names the one that is not", async () => {
  const { ask, ready } = await bench();
  expect((await ask("/readyz")).status).toBe(200);
  ready.ready = false;
  ready.checks.push({ name: "slack", ok: false, says: "unreachable since 14:31 UTC" });
  const response = await ask("/readyz");
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    ready: false,
    checks: [
      { name: "database", ok: true, says: "answers" },
      { name: "slack", ok: false, says: "unreachable since 14:31 UTC" },
    ],
  });
});

test("a request to Slack's path goes to its listener with its body unread", async () => {
  const { ask } = await bench({
    slackListener: (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => response.end(`${request.method} ${Buffer.concat(parts).toString()}`));
    },
  });
  const response = await ask("/slack/events", { method: "POST", body: "payload=1" });
  expect(await response.text()).toBe("POST payload=1");
  const got = await ask("/slack/events");
  expect(got.status).toBe(405);
  expect(got.headers.get("allow")).toBe("POST");
});

test("in Socket Mode Slack's path is not there, and says why", async () => {
  const { ask } = await bench();
  const response = await ask("/slack/events", { method: "POST", body: "payload=1" });
  expect(response.status).toBe(404);
  expect(await errorOf(response)).toMatchObject({ message: "Slack's events come over Socket Mode here." });
});

test.each(["/", "/nothing", "/healthz/", "/api", "/api/nothing", "/API/incidents"])(
  "%s is not found",
  async (path) => {
    const { api } = await bench();
    const response = await api(path);
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toEqual({ code: "not_found", message: "There is nothing here." });
  },
);

test.each(["/healthz", "/readyz", "/metrics", "/api/incidents", "/api/incidents/INC-1/postmortem.md"])(
  "%s can only be read",
  async (path) => {
    const { api } = await bench();
    const response = await api(path, { method: "DELETE" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
    expect(await errorOf(response)).toMatchObject({ code: "method_not_allowed" });
    const head = await api(path, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
  },
);

test("a fault inside is answered without its words, and logged", async () => {
  const { ask, logged } = await bench({
    readiness: () => Promise.reject(new Error("the secret of the disk")),
  });
  const response = await ask("/readyz");
  expect(response.status).toBe(500);
  expect(JSON.stringify(await response.json())).not.toContain("secret");
  expect(logged).toHaveLength(1);
});

test("a path that cannot be read is refused, and the server goes on", async () => {
  const { port, ask } = await bench();
  const socket = connect(port, "127.0.0.1");
  socket.write("GET http:// HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
  socket.destroy();
  expect((await ask("/healthz")).status).toBe(200);
});

test("a port in use is said in one sentence", async () => {
  const { server, port, ...rest } = await bench();
  const { handling, metrics } = rest;
  const second = createHttpServer({
    handling,
    metrics: metrics.registry,
    readiness: () => Promise.resolve({ ready: true, checks: [] }),
    exportPostmortem: () => Promise.resolve(undefined),
    log: { warn: () => {}, error: () => {} },
  });
  expect(await second.listen(port)).toEqual({
    fault: `Port ${port} is in use. Stop what listens there, or set PORT to another one.`,
  });
  await second.close();
  expect(server.isIdle()).toBe(true);
});

test("closing ends idle connections at once", async () => {
  const { server, port } = await bench();
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n");
  await once(socket, "data");
  await server.idle();
  const ended = once(socket, "close");
  socket.resume();
  await server.close();
  expect(await ended).toEqual([false]);
});

test("closing lets an open request end, and closes its connection then", async () => {
  const asked = Promise.withResolvers<() => void>();
  const { server, port } = await bench({
    slackListener: (_request, response) => asked.resolve(() => response.end("late")),
  });
  const socket = connect(port, "127.0.0.1");
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.write("POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
  const answer = await asked.promise;
  expect(server.isIdle()).toBe(false);
  const ended = once(socket, "close");
  const closed = server.close();
  answer();
  await closed;
  await ended;
  expect(Buffer.concat(parts).toString()).toMatch(/late/);
  expect(server.isIdle()).toBe(true);
});

test("closing does not wait for a request that never ends", async () => {
  const asked = Promise.withResolvers<void>();
  const { server, port } = await bench({ slackListener: () => asked.resolve() });
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write("POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
  await asked.promise;
  const ended = once(socket, "close");
  await server.close(0);
  await ended;
  expect(socket.destroyed).toBe(true);
});

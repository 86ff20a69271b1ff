import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { WorkspaceOptions } from "../../src/workspace/assembly.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { caller, invite, MANIFEST, type Payload } from "./tiny-app.ts";

/** A socket that acks everything unless told otherwise. */
class Client {
  readonly frames: Payload[] = [];
  ack: (frame: Payload) => unknown = () => ({});
  readonly socket: WebSocket;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on("message", (data) => {
      const frame: Payload = JSON.parse(Buffer.isBuffer(data) ? data.toString() : "null");
      this.frames.push(frame);
      for (const wake of this.#waiting.splice(0)) wake();
      if (frame.envelope_id === undefined) return;
      const answer = this.ack(frame);
      if (answer !== undefined) this.send({ envelope_id: frame.envelope_id, ...Object(answer) });
    });
    this.socket.on("error", () => {});
  }

  static async open(ws: Workspace): Promise<Client> {
    const client = new Client((await caller(ws)("apps.connections.open")).url);
    await client.until(() => client.of("hello").length > 0);
    return client;
  }

  of(type: string): Payload[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

function start(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  return Workspace.start({ people: ["alice", "bob"], manifest: MANIFEST, transport: "socket", ...options });
}

describe("socket mode", () => {
  it("greets with hello on a single-use address", async () => {
    await using ws = await start();
    const { url } = await caller(ws)("apps.connections.open");
    const client = new Client(url);
    await client.until(() => client.frames.length > 0);
    expect(client.frames[0]).toMatchObject({
      type: "hello",
      num_connections: 1,
      connection_info: { app_id: ws.installation.appId },
    });
    const second = new WebSocket(url);
    const [error] = await once(second, "error");
    expect(String(error)).toContain("401");
  });

  it("gives out the app token and no signing secret", async () => {
    await using ws = await start();
    expect(Object.keys(ws.env())).toEqual(["SLACK_BOT_TOKEN", "SLACK_API_URL", "SLACK_APP_TOKEN"]);
  });

  it("delivers an event in an envelope that takes no answer", async () => {
    await using ws = await start();
    const client = await Client.open(ws);
    await invite(ws, "general");
    await ws.as("alice").in("#general").says("on it");
    await ws.settle();
    expect(client.of("events_api").at(-1)).toMatchObject({
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: { type: "event_callback", event: { text: "on it" } },
    });
  });

  it("retries an event that was not acked, but never a command", async () => {
    await using ws = await start();
    const client = await Client.open(ws);
    await invite(ws, "general");
    client.ack = () => undefined;
    ws.wire.ackTimeout = 20;
    const seen = await ws.as("alice").in("#general").types("/tiny x");
    expect(seen).toEqual({ ok: false, error: '/tiny failed with the error "operation_timeout"' });
    await ws.as("alice").in("#general").says("x");
    await ws.settle();
    client.ack = () => ({});
    ws.wire.ackTimeout = 3000;
    await ws.clock.advance("10m");
    const texts = client.of("events_api").filter(({ payload }) => payload.event.text === "x");
    expect(texts.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
      [0, ""],
      [1, "timeout"],
      [2, "timeout"],
    ]);
    expect(client.of("slash_commands")).toHaveLength(1);
  });

  it("sends an event at once when the bot reconnects, and refuses a press while it is away", async () => {
    await using ws = await start();
    const before = await Client.open(ws);
    await invite(ws, "general");
    before.socket.terminate();
    await once(before.socket, "close");
    await ws.as("alice").in("#general").says("while away");
    await ws.settle();
    const seen = await ws.as("alice").in("#general").types("/tiny x");
    expect(seen.error).toContain("dispatch_failed");
    const after = await Client.open(ws);
    await after.until(() => after.of("events_api").length > 0);
    expect(after.of("events_api")[0]).toMatchObject({
      retry_attempt: 2,
      payload: { event: { text: "while away" } },
    });
    expect(ws.clock.now()).toBe(Date.parse("2024-02-15T14:30:00Z"));
  });

  it("sends each payload to one of several links", async () => {
    await using ws = await start();
    const clients = [await Client.open(ws), await Client.open(ws)];
    await invite(ws, "general");
    for (const text of ["a", "b", "c", "d"]) await ws.as("alice").in("#general").says(text);
    await ws.settle();
    const said = clients.map(
      (client) =>
        client.of("events_api").filter(({ payload }) => payload.event.user !== ws.installation.botUserId)
          .length,
    );
    expect(said).toEqual([2, 2]);
  });

  it("takes ten links and turns the eleventh away", async () => {
    await using ws = await start();
    for (let n = 1; n <= 10; n++) expect((await Client.open(ws)).of("hello")[0]?.num_connections).toBe(n);
    await ws.clock.advance("1m");
    const eleventh = new Client((await caller(ws)("apps.connections.open")).url);
    await eleventh.until(() => eleventh.frames.length > 0);
    expect(eleventh.frames).toMatchObject([{ type: "disconnect", reason: "too_many_websockets" }]);
    expect(ws.sockets?.connections).toBe(10);
  });

  it("gives nothing new to a link that was told to disconnect", async () => {
    await using ws = await start();
    const old = await Client.open(ws);
    await invite(ws, "general");
    const before = old.of("events_api").length;
    ws.sockets?.disconnect("refresh_requested");
    await old.until(() => old.of("disconnect").length > 0);
    const fresh = await Client.open(ws);
    await ws.as("alice").in("#general").says("x");
    await ws.settle();
    expect(old.of("events_api")).toHaveLength(before);
    expect(fresh.of("events_api")).toHaveLength(1);
  });

  it("can omit hello, refuse the upgrade and cut the line", async () => {
    await using ws = await start();
    ws.sockets?.omitHello();
    const mute = new Client((await caller(ws)("apps.connections.open")).url);
    await once(mute.socket, "open");
    ws.sockets?.refuse();
    const refused = new WebSocket((await caller(ws)("apps.connections.open")).url);
    expect(String((await once(refused, "error"))[0])).toContain("503");
    const closed = once(mute.socket, "close");
    ws.sockets?.cut();
    await closed;
    expect(mute.frames).toEqual([]);
  });

  it("answers an upgrade 409 on demand", async () => {
    await using ws = await start();
    ws.sockets?.refuse(1, 409);
    const refused = new WebSocket((await caller(ws)("apps.connections.open")).url);
    expect(String((await once(refused, "error"))[0])).toContain("409");
  });

  it("counts links that are none any more, and gives them their share", async () => {
    await using ws = await start({ wire: { ackTimeout: 20 } });
    ws.sockets?.haunt(1);
    const client = await Client.open(ws);
    expect(client.of("hello")[0]?.num_connections).toBe(2);
    const alice = ws.as("alice").in("#general");
    const seen = [await alice.types("/tiny 1"), await alice.types("/tiny 2")];
    expect(seen.filter(({ ok }) => ok)).toHaveLength(1);
    expect(client.of("slash_commands")).toHaveLength(1);
    await invite(ws, "general");
    await alice.says("x");
    await ws.clock.advance("10m");
    expect(ws.deliveries.log.at(-1)).toMatchObject({ outcome: "acknowledged" });
  });

  it("can freeze: it answers no ping, and what it is given is lost", async () => {
    await using ws = await start({ wire: { ackTimeout: 20 } });
    const client = await Client.open(ws);
    let pongs = 0;
    client.socket.on("pong", () => (pongs += 1));
    client.socket.ping();
    await once(client.socket, "pong");
    ws.sockets?.freeze();
    client.socket.ping();
    const seen = await ws.as("alice").in("#general").types("/tiny x");
    expect(seen.error).toContain("operation_timeout");
    expect(client.of("slash_commands")).toEqual([]);
    expect(pongs).toBe(1);
  });

  it("that is switched off tells every link so, and each new one, until it is on again", async () => {
    await using ws = await start();
    const before = await Client.open(ws);
    ws.sockets?.switch("off");
    await once(before.socket, "close");
    expect(before.of("disconnect")).toMatchObject([{ reason: "link_disabled" }]);
    const during = new Client((await caller(ws)("apps.connections.open")).url);
    await once(during.socket, "close");
    expect(during.frames).toMatchObject([{ type: "disconnect", reason: "link_disabled" }]);
    ws.sockets?.switch("on");
    await Client.open(ws);
    expect(ws.sockets?.connections).toBe(1);
  });

  it("closes a link itself soon after it has told it to go", async () => {
    await using ws = await start({ wire: { retireAfter: 20 } });
    const client = await Client.open(ws);
    ws.sockets?.disconnect("warning");
    await once(client.socket, "close");
    expect(client.of("disconnect")).toMatchObject([{ reason: "warning" }]);
  });

  it("complains of an ack that nobody waits for", async () => {
    await using ws = await start();
    const client = await Client.open(ws);
    client.send({ envelope_id: "never-sent" });
    client.send({ no: "id" });
    await invite(ws, "general");
    expect(ws.state.loud).toEqual([
      expect.stringContaining("never-sent"),
      expect.stringContaining("without an envelope_id"),
    ]);
  });

  it("shows a command's answer from the ack's payload", async () => {
    await using ws = await start();
    const client = await Client.open(ws);
    client.ack = (frame) => (frame.type === "slash_commands" ? { payload: { text: "*done*" } } : {});
    expect(await ws.as("alice").in("#general").types("/tiny x")).toEqual({ ok: true, answer: "done" });
  });
});

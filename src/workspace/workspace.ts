import type { IncomingMessage, ServerResponse } from "node:http";
import type { Api } from "./api.ts";
import { assemble, type Parts, type WorkspaceOptions } from "./assembly.ts";
import type { Audience } from "./audience.ts";
import { type ChannelView, viewOf } from "./channel-view.ts";
import type { Participant, WorkspaceClock } from "./clock.ts";
import type { Deliveries } from "./delivery/queue.ts";
import type { SocketWire } from "./delivery/socket.ts";
import type { WireTimes } from "./delivery/wire.ts";
import type { Faults } from "./faults.ts";
import { InFlight } from "./in-flight.ts";
import type { Installation, Person, WorkspaceFile } from "./model.ts";
import { Actor } from "./people.ts";
import { answerResponseUrl } from "./response-route.ts";
import { quoted } from "./sight.ts";
import type { WorkspaceState } from "./state.ts";
import { watch, type Watched, type WatchOptions } from "./watch.ts";

/** A strict Slack workspace on this machine, with people in it. The bot meets it only over the wire. */
export class Workspace implements AsyncDisposable, Participant {
  readonly clock: WorkspaceClock;
  readonly state: WorkspaceState;
  readonly installation: Installation;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  /** Socket Mode's links and their faults; undefined in HTTP mode. */
  readonly sockets: SocketWire | undefined;
  readonly audience: Audience;
  readonly baseUrl: string;
  /** May be changed while it runs, such as shortening the ack time-out just before a silence. */
  readonly wire: WireTimes;
  readonly #parts: Parts;
  readonly #leaveClock: () => void;

  /** Use `Workspace.start`. */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.clock = parts.clock;
    this.state = parts.state;
    this.installation = parts.installation;
    this.faults = parts.faults;
    this.deliveries = parts.deliveries;
    this.sockets = parts.sockets;
    this.audience = parts.audience;
    this.baseUrl = parts.baseUrl;
    this.wire = parts.times;
    this.#leaveClock = parts.clock.join(this);
  }

  static async start(options: WorkspaceOptions): Promise<Workspace> {
    const parts = await assemble(options);
    const workspace = new Workspace(parts);
    workspace.#serve();
    return workspace;
  }

  /** Where Slack sends events, commands and interactions in HTTP mode: set it once the bot listens. */
  get requestUrl(): string | undefined {
    return this.#parts.address.requestUrl;
  }

  set requestUrl(url: string | undefined) {
    this.#parts.address.requestUrl = url;
  }

  /** Calls `listener` before and after each Web API call takes effect; the call waits for it. Returns how to stop. */
  onCall(listener: Parameters<Api["onCall"]>[0]): () => void {
    return this.#parts.api.onCall(listener);
  }

  /** The variables that point the bot at this workspace. */
  env(): Record<string, string> {
    const { botToken, appToken, signingSecret } = this.installation;
    return {
      SLACK_BOT_TOKEN: botToken,
      SLACK_API_URL: `${this.baseUrl}/api/`,
      ...(this.sockets ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
    };
  }

  as(name: string): Actor {
    return new Actor(this.#parts, this.#person(name));
  }

  /** Of a person or a user group, with or without `@`. */
  idOf(name: string): string {
    return this.state.groupNamed(name)?.id ?? this.#person(name).id;
  }

  /** Her account is closed: she can be neither written to nor invited. */
  deactivate(name: string): void {
    this.state.deactivate(this.#person(name));
  }

  reactivate(name: string): void {
    this.state.reactivate(this.#person(name));
  }

  /** Makes the user group, or changes who is in it. @returns its id */
  setGroup(handle: string, names: readonly string[]): string {
    return this.state.setGroup(
      handle,
      names.map((name) => this.#person(name).id),
    ).id;
  }

  #person(name: string): Person {
    const person = this.state.personNamed(name);
    if (person) return person;
    throw new Error(
      `Nobody here is called ${name}. There are ${quoted([...this.state.people.values()].map((one) => one.name))}.`,
    );
  }

  /** With or without `#`. Throws, naming what is there. */
  channel(name: string): ChannelView {
    const channel = this.state.channelNamed(name);
    if (!channel) throw new Error(`There is no channel ${name}. There are ${quoted(this.channels())}.`);
    return viewOf(this.state, channel);
  }

  /** Names without `#`, oldest first; direct messages have none. */
  channels(): string[] {
    return [...this.state.channels.values()].filter(({ kind }) => kind !== "im").map(({ name }) => name);
  }

  get files(): WorkspaceFile[] {
    return [...this.state.files.values()];
  }

  /** Lines of the channel's transcript as it grows; of every channel without a name. */
  watch(channel: Watched, onLine: (line: string) => void, options?: WatchOptions): () => void {
    const id = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : (this.state.channelNamed(name)?.id ?? "");
    const where = typeof channel === "function" ? () => id(channel()) : id(channel);
    return watch(this.#parts, where, onLine, options);
  }

  isIdle(): boolean {
    return this.#participants().every((one) => one.isIdle());
  }

  async idle(): Promise<void> {
    while (!this.isIdle()) await Promise.all(this.#participants().map((one) => one.idle()));
  }

  settle(): Promise<void> {
    return this.clock.settle();
  }

  async stop(): Promise<void> {
    this.#leaveClock();
    this.faults.clear();
    await this.deliveries.stop();
    await Promise.all(this.#parts.wires.map((wire) => wire.stop()));
    const { server } = this.#parts;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  readonly #requests = new InFlight();

  #participants(): Participant[] {
    return [this.#requests, this.#parts.api, this.deliveries];
  }

  #serve(): void {
    const { server, wires, faults, api, responseUrls } = this.#parts;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const leave = this.#requests.enter();
      response.once("close", leave);
      const [path = ""] = (request.url ?? "/").split("?");
      if (path.startsWith("/response/")) {
        if (faults.away) request.socket.destroy();
        else void answerResponseUrl(responseUrls, path.slice("/response/".length), request, response);
      } else if (/^\/(?:api|upload|files-pri)\//.test(path)) void api.handle(request, response);
      else response.writeHead(404).end();
    });
    server.on("upgrade", (request, stream, head) => {
      if (faults.away) stream.destroy();
      else wires[1].upgrade(request, stream, head);
    });
    faults.onAway((away) => away && wires[1].cut());
  }
}

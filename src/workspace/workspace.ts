import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createApi } from "./api.ts";
import { Audience } from "./audience.ts";
import { validateMessage } from "./block-kit/message.ts";
import { validateView } from "./block-kit/view.ts";
import { type Participant, VirtualClock, type WorkspaceClock } from "./clock.ts";
import { HttpWire } from "./delivery/http.ts";
import { Deliveries } from "./delivery/queue.ts";
import { SocketWire } from "./delivery/socket.ts";
import { Faults } from "./faults.ts";
import { InFlight } from "./in-flight.ts";
import { Interactions } from "./interactions.ts";
import { httpManifest, parseManifest } from "./manifest.ts";
import type { Channel, Installation, Instant, WorkspaceFile, WorkspaceMessage } from "./model.ts";
import { Actor } from "./people.ts";
import { answerResponseUrl } from "./response-route.ts";
import { ResponseUrls } from "./response-urls.ts";
import { quoted } from "./sight.ts";
import { WorkspaceState } from "./state.ts";
import type { NewPerson } from "./state/installing.ts";
import { must } from "./state/outcome.ts";
import { transcript, watch } from "./transcript.ts";
import { Triggers } from "./triggers.ts";

/** Wire milliseconds. Slack's own values are the defaults; tests shorten them. */
export interface WireTimes {
  ackTimeout: number;
  triggerLife: number;
  responseUrlLife: number;
  pingEvery: number;
}

const SLACKS_TIMES: WireTimes = {
  ackTimeout: 3000,
  triggerLife: 3000,
  responseUrlLife: 30 * 60_000,
  pingEvery: 10_000,
};

export interface WorkspaceOptions {
  people: readonly (string | NewPerson)[];
  /** A path, or the YAML itself. In HTTP mode its HTTP variant is installed. */
  manifest: string;
  /** Everybody is a member of these, the app is not. */
  channels?: readonly string[];
  clock?: WorkspaceClock;
  /** Of the virtual clock, when none is given. */
  start?: Instant | Date | string;
  /** Ids, tokens and secrets follow from it. */
  seed?: number;
  transport?: "http" | "socket";
  /** 0 takes a free one. */
  port?: number;
  rateLimits?: boolean;
  wire?: Partial<WireTimes>;
  /** First tries of events under way at once; 1 keeps runs repeatable. */
  eventConcurrency?: number;
}

export interface ChannelView {
  id: string;
  name: string;
  topic: string;
  archived: boolean;
  /** Handles, in the order they came. */
  members: string[];
  /** Without ephemeral ones. */
  messages: readonly WorkspaceMessage[];
  pins: readonly WorkspaceMessage[];
  transcript(): string;
}

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
  readonly onCall: ReturnType<typeof createApi>["onCall"];
  /** Where Slack sends events, commands and interactions in HTTP mode. */
  requestUrl: string | undefined;
  readonly baseUrl: string;
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
    this.onCall = parts.api.onCall;
    this.baseUrl = parts.baseUrl;
    this.#leaveClock = parts.clock.join(this);
  }

  static async start(options: WorkspaceOptions): Promise<Workspace> {
    const clock =
      options.clock ?? new VirtualClock(options.start === undefined ? {} : { start: options.start });
    const times = { ...SLACKS_TIMES, ...options.wire };
    const seed = options.seed ?? 1;
    const transport = options.transport ?? "http";
    const server = createServer();
    const baseUrl = await listen(server, options.port ?? 0);
    const state = new WorkspaceState({ clock, seed });
    const manifest = await manifestText(options.manifest);
    const installation = state.install(
      parseManifest(transport === "http" ? httpManifest(manifest, baseUrl) : manifest),
    );
    peopled(state, options);
    const faults = new Faults();
    const audience = new Audience();
    const triggers = new Triggers({ ids: state.ids, life: times.triggerLife });
    const responseUrls = new ResponseUrls({ state, address: () => baseUrl, life: times.responseUrlLife });
    let workspace: Workspace | undefined;
    const socketWire = new SocketWire({
      appId: installation.appId,
      address: () => baseUrl.replace(/^http/, "ws"),
      ...times,
      onOddity: (text) => state.loud.push(text),
    });
    const httpWire = new HttpWire({
      requestUrl: () => workspace?.requestUrl,
      signingSecret: installation.signingSecret,
      ...times,
    });
    const deliveries = new Deliveries({
      clock,
      installation,
      seed,
      wire: transport === "http" ? httpWire : socketWire,
      isMember: (channel) => state.channel(channel)?.members.has(installation.botUserId) === true,
      isAway: () => faults.away,
      ...(options.eventConcurrency !== undefined && { concurrency: options.eventConcurrency }),
    });
    state.onHappening((happening) => deliveries.offer(happening));
    const interactions = new Interactions({
      state,
      installation,
      deliveries,
      triggers,
      responseUrls,
      audience,
    });
    const api = createApi({
      state,
      clock,
      faults,
      triggers,
      sockets: socketWire,
      baseUrl: () => baseUrl,
      validateMessage,
      validateView,
      ...(options.rateLimits !== undefined && { rateLimits: options.rateLimits }),
    });
    const sockets = transport === "socket" ? socketWire : undefined;
    const parts = {
      clock,
      state,
      installation,
      faults,
      deliveries,
      audience,
      interactions,
      api,
      responseUrls,
      server,
      baseUrl,
      sockets,
      wires: [httpWire, socketWire],
    };
    workspace = new Workspace(parts);
    workspace.#serve();
    return workspace;
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
    const person = this.state.personNamed(name);
    if (person) return new Actor(this.#parts, person);
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
  watch(
    channel: string | undefined | (() => string | undefined),
    onLine: (line: string) => void,
  ): () => void {
    const id = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : (this.state.channelNamed(name)?.id ?? "");
    const where = typeof channel === "function" ? () => id(channel()) : id(channel);
    return watch(this.state, this.audience, where, onLine);
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
    return [this.#requests, this.deliveries];
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
      } else if (path.startsWith("/api/") || path.startsWith("/upload/")) void api.handle(request, response);
      else response.writeHead(404).end();
    });
    server.on("upgrade", (request, stream, head) => {
      if (faults.away) stream.destroy();
      else wires[1].upgrade(request, stream, head);
    });
    faults.onAway((away) => away && wires[1].cut());
  }
}

interface Parts {
  clock: WorkspaceClock;
  state: WorkspaceState;
  installation: Installation;
  faults: Faults;
  deliveries: Deliveries;
  sockets: SocketWire | undefined;
  audience: Audience;
  interactions: Interactions;
  api: ReturnType<typeof createApi>;
  responseUrls: ResponseUrls;
  server: Server;
  baseUrl: string;
  wires: [HttpWire, SocketWire];
}

async function manifestText(pathOrText: string): Promise<string> {
  return pathOrText.includes("\n") ? pathOrText : readFile(pathOrText, "utf8");
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("The server has no port.");
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function peopled(state: WorkspaceState, options: WorkspaceOptions): void {
  const people = options.people.map((one) => state.addPerson(typeof one === "string" ? { name: one } : one));
  const [first] = people;
  if (!first) throw new Error("A workspace needs at least one person.");
  for (const name of options.channels ?? ["general", "incidents"]) {
    const channel = must(state.createChannel({ name, creator: first.id }));
    for (const person of people) if (!channel.members.has(person.id)) must(state.join(channel.id, person.id));
  }
}

function viewOf(state: WorkspaceState, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    topic: channel.topic,
    archived: channel.archived,
    members: [...channel.members].map((id) => state.person(id)?.name ?? id),
    messages: channel.messages.filter((message) => message.onlyFor === undefined),
    pins: channel.pins.flatMap((ts) => state.message(channel.id, ts) ?? []),
    transcript: () => transcript(state, channel),
  };
}

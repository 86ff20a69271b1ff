import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type Api, createApi } from "./api.ts";
import { Audience } from "./audience.ts";
import { validateMessage } from "./block-kit/message.ts";
import { validateView } from "./block-kit/view.ts";
import { VirtualClock, type WorkspaceClock } from "./clock.ts";
import { HttpWire } from "./delivery/http.ts";
import { Deliveries } from "./delivery/queue.ts";
import { SocketWire } from "./delivery/socket.ts";
import type { WireTimes } from "./delivery/wire.ts";
import { Faults } from "./faults.ts";
import { Interactions } from "./interactions.ts";
import { httpManifest, parseManifest } from "./manifest.ts";
import type { Installation, Instant } from "./model.ts";
import { ResponseUrls } from "./response-urls.ts";
import { WorkspaceState } from "./state.ts";
import type { NewPerson } from "./state/installing.ts";
import { must } from "./state/outcome.ts";
import { Triggers } from "./triggers.ts";

const SLACKS_TIMES: WireTimes = {
  ackTimeout: 3000,
  triggerLife: 3000,
  responseUrlLife: 30 * 60_000,
  pingEvery: 10_000,
  retireAfter: 10_000,
};

export interface WorkspaceOptions {
  people: readonly (string | NewPerson)[];
  /** A path, or the YAML itself. In HTTP mode its HTTP variant is installed. */
  manifest: string;
  /** Everybody is a member of these, the app is not. */
  channels?: readonly string[];
  /** Private channels with their members; the app is in none. */
  privateChannels?: Readonly<Record<string, readonly string[]>>;
  /** User groups by handle; without them the plan has none (`plan_upgrade_required`). */
  groups?: Readonly<Record<string, readonly string[]>>;
  clock?: WorkspaceClock;
  /** Of the virtual clock, when none is given. */
  start?: Instant | Date | string;
  /** Ids, tokens and secrets follow from it. */
  seed?: number;
  transport?: "http" | "socket";
  /** 0 takes a free one. */
  port?: number;
  rateLimits?: boolean;
  /** Slack's own values unless given; tests shorten them. */
  wire?: Partial<WireTimes>;
  /** First tries of events under way at once; 1 keeps runs repeatable. */
  eventConcurrency?: number;
  /** Events that are delivered in an hour of incident time; Slack: 30,000. */
  eventsAnHour?: number;
}

export interface Parts {
  clock: WorkspaceClock;
  state: WorkspaceState;
  installation: Installation;
  faults: Faults;
  deliveries: Deliveries;
  sockets: SocketWire | undefined;
  audience: Audience;
  interactions: Interactions;
  api: Api;
  responseUrls: ResponseUrls;
  server: Server;
  baseUrl: string;
  times: WireTimes;
  address: { requestUrl: string | undefined };
  wires: [HttpWire, SocketWire];
}

/** Builds every part of a workspace around a server that listens already, but answers nothing yet. */
export async function assemble(options: WorkspaceOptions): Promise<Parts> {
  const manifest = await manifestText(options.manifest);
  const server = createServer();
  const baseUrl = await listen(server, options.port ?? 0);
  try {
    return build(options, manifest, server, baseUrl);
  } catch (error) {
    server.close();
    throw error;
  }
}

function build(options: WorkspaceOptions, manifest: string, server: Server, baseUrl: string): Parts {
  const clock =
    options.clock ?? new VirtualClock(options.start === undefined ? {} : { start: options.start });
  const times = { ...SLACKS_TIMES, ...options.wire };
  const seed = options.seed ?? 1;
  const transport = options.transport ?? "http";
  const state = new WorkspaceState({ clock, seed });
  state.filesUrl = baseUrl;
  const installation = state.install(
    parseManifest(transport === "http" ? httpManifest(manifest, baseUrl) : manifest),
  );
  peopled(state, options);
  const faults = new Faults();
  const audience = new Audience();
  const triggers = new Triggers({ ids: state.ids, life: times.triggerLife });
  const responseUrls = new ResponseUrls({ state, address: () => baseUrl, times });
  const address: Parts["address"] = { requestUrl: undefined };
  const socketWire = new SocketWire({
    appId: installation.appId,
    address: () => baseUrl.replace(/^http/, "ws"),
    times,
    onOddity: (text) => state.complain(text),
  });
  const httpWire = new HttpWire({
    requestUrl: () => address.requestUrl,
    signingSecret: installation.signingSecret,
    times,
  });
  const deliveries = new Deliveries({
    clock,
    installation,
    seed,
    wire: transport === "http" ? httpWire : socketWire,
    isMember: (channel) => state.channel(channel)?.members.has(installation.botUserId) === true,
    isAway: () => faults.away,
    isInstalled: () => state.revoked === undefined,
    ...(options.eventConcurrency !== undefined && { concurrency: options.eventConcurrency }),
    ...(options.eventsAnHour !== undefined && { eventsAnHour: options.eventsAnHour }),
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
    ...(options.rateLimits === false && { rateLimits: false as const }),
  });
  const sockets = transport === "socket" ? socketWire : undefined;
  return {
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
    times,
    address,
    sockets,
    wires: [httpWire, socketWire],
  };
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
  for (const [name, names] of Object.entries(options.privateChannels ?? {})) {
    const [creator = first.id, ...others] = idsOf(state, names);
    const channel = must(state.createChannel({ name, creator, isPrivate: true }));
    must(state.invite(channel.id, others, creator));
  }
  if (options.groups) state.groups = new Map();
  for (const [handle, names] of Object.entries(options.groups ?? {}))
    state.setGroup(handle, idsOf(state, names));
}

function idsOf(state: WorkspaceState, names: readonly string[]): string[] {
  return names.map((name) => {
    const person = state.personNamed(name);
    if (!person) throw new Error(`Nobody here is called ${name}.`);
    return person.id;
  });
}

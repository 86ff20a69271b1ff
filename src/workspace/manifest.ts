import { isMap, isSeq, parseDocument } from "yaml";
import { type ManifestDocument, manifestSchema } from "./manifest-schema.ts";
import { eventScopes, knownBotScopes } from "./scopes.ts";

/** What an installation takes from a manifest. Addresses are absent in Socket Mode. */
export interface Manifest {
  name: string;
  /** The bot user's display name; the app's name where the manifest gives none. */
  botName: string;
  scopes: ReadonlySet<string>;
  botEvents: ReadonlySet<string>;
  eventsUrl?: string;
  commands: ReadonlyMap<string, { description: string; escape: boolean; url?: string }>;
  /** By `callback_id`. */
  shortcuts: ReadonlyMap<string, { type: "global" | "message"; name: string }>;
  interactive: boolean;
  interactivityUrl?: string;
  socketMode: boolean;
  homeTab: boolean;
  /** True unless it is switched off. */
  messagesTab: boolean;
}

/** The whole manifest is refused at once: `faults` has one line for each, beginning with its path. */
export class ManifestError extends Error {
  override name = "ManifestError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the app manifest is refused:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

/** @throws {ManifestError} naming every fault with its path, as `apps.manifest.validate` would */
export function parseManifest(yamlText: string): Manifest {
  const document = parseDocument(yamlText);
  if (document.errors.length > 0) throw new ManifestError(document.errors.map((error) => error.message));
  const parsed = manifestSchema.safeParse(document.toJS());
  if (!parsed.success) {
    throw new ManifestError(
      parsed.error.issues.map(
        (issue) => `${pathOf(issue.path)}: ${issue.message.replace(/^Invalid input: /, "")}`,
      ),
    );
  }
  const faults = serverFaults(parsed.data);
  if (faults.length > 0) throw new ManifestError(faults);
  return digest(parsed.data);
}

/**
 * The HTTP variant of a Socket Mode manifest: Socket Mode off, and one address for events, interactivity and every command.
 * Bolt serves them all at `/slack/events`. Comments and order are kept.
 * @param baseUrl scheme, host and port, such as `https://sitrep.example.com`
 */
export function httpManifest(yamlText: string, baseUrl: string): string {
  const url = `${baseUrl.replace(/\/+$/, "")}/slack/events`;
  const document = parseDocument(yamlText);
  document.setIn(["settings", "socket_mode_enabled"], false);
  for (const place of ["event_subscriptions", "interactivity"]) {
    if (document.hasIn(["settings", place])) document.setIn(["settings", place, "request_url"], url);
  }
  const commands = document.getIn(["features", "slash_commands"]);
  for (const command of isSeq(commands) ? commands.items : []) {
    if (isMap(command)) command.set("url", url);
  }
  return document.toString({ lineWidth: 0 });
}

/** What Slack's server refuses beyond its schema. */
function serverFaults(manifest: ManifestDocument): string[] {
  const faults: string[] = [];
  const socketMode = manifest.settings?.socket_mode_enabled ?? false;
  const scopes = new Set(manifest.oauth_config?.scopes?.bot);
  const subscriptions = manifest.settings?.event_subscriptions;
  const interactivity = manifest.settings?.interactivity;
  const commands = manifest.features?.slash_commands ?? [];
  const shortcuts = manifest.features?.shortcuts ?? [];

  (manifest.oauth_config?.scopes?.bot ?? []).forEach((scope, index) => {
    if (!knownBotScopes.has(scope)) faults.push(`oauth_config.scopes.bot[${index}]: unknown scope ${scope}`);
  });
  (subscriptions?.bot_events ?? []).forEach((event, index) => {
    const path = `settings.event_subscriptions.bot_events[${index}]`;
    const needed = eventScopes.get(event);
    if (needed === undefined) faults.push(`${path}: unknown event ${event}`);
    else if (needed.length > 0 && !needed.some((scope) => scopes.has(scope))) {
      faults.push(`${path}: ${event} needs the scope ${needed.join(" or ")}`);
    }
  });
  if (
    (subscriptions?.bot_events ?? []).length > 0 &&
    !socketMode &&
    subscriptions?.request_url === undefined
  ) {
    faults.push(
      "settings.event_subscriptions: Event Subscription requires either Request URL or Socket Mode Enabled",
    );
  }
  if (interactivity?.is_enabled === true && !socketMode && interactivity.request_url === undefined) {
    faults.push("settings.interactivity: needs a request_url or Socket Mode");
  }

  const names = new Set<string>();
  commands.forEach(({ command, url }, index) => {
    const path = `features.slash_commands[${index}]`;
    if (!socketMode && url === undefined) faults.push(`${path}: ${command} needs a url or Socket Mode`);
    if (names.has(command)) faults.push(`${path}: ${command} is there twice`);
    names.add(command);
  });
  if (commands.length > 0 && !scopes.has("commands")) {
    faults.push("features.slash_commands: needs the scope commands");
  }
  if (shortcuts.length > 0 && !scopes.has("commands")) {
    faults.push("features.shortcuts: needs the scope commands");
  }
  if (shortcuts.length > 0 && interactivity?.is_enabled !== true) {
    faults.push("features.shortcuts: needs settings.interactivity");
  }
  return faults;
}

function digest(manifest: ManifestDocument): Manifest {
  const { name } = manifest.display_information;
  const subscriptions = manifest.settings?.event_subscriptions;
  const interactivity = manifest.settings?.interactivity;
  return {
    name,
    botName: manifest.features?.bot_user?.display_name ?? name,
    scopes: new Set(manifest.oauth_config?.scopes?.bot),
    botEvents: new Set(subscriptions?.bot_events),
    ...(subscriptions?.request_url === undefined ? {} : { eventsUrl: subscriptions.request_url }),
    commands: new Map(
      (manifest.features?.slash_commands ?? []).map(({ command, description, should_escape, url }) => [
        command,
        { description, escape: should_escape, ...(url === undefined ? {} : { url }) },
      ]),
    ),
    shortcuts: new Map(
      (manifest.features?.shortcuts ?? []).map((shortcut) => [
        shortcut.callback_id,
        { type: shortcut.type, name: shortcut.name },
      ]),
    ),
    interactive: interactivity?.is_enabled ?? false,
    ...(interactivity?.request_url === undefined ? {} : { interactivityUrl: interactivity.request_url }),
    socketMode: manifest.settings?.socket_mode_enabled ?? false,
    homeTab: manifest.features?.app_home?.home_tab_enabled ?? false,
    messagesTab: manifest.features?.app_home?.messages_tab_enabled ?? true,
  };
}

/** `features.slash_commands[0].command` */
function pathOf(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? "manifest"
    : path
        .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
        .join("")
        .replace(/^\./, "");
}

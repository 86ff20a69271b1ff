import type { Installation, Person } from "../model.ts";
import type { Manifest } from "../manifest.ts";
import type { Team } from "./team.ts";

/** What an installation takes from a manifest. */
export type Installable = Pick<
  Manifest,
  | "name"
  | "botName"
  | "scopes"
  | "botEvents"
  | "commands"
  | "shortcuts"
  | "interactive"
  | "homeTab"
  | "messagesTab"
>;

export interface NewPerson {
  name: string;
  realName?: string;
  tz?: string;
  isBot?: boolean;
  admin?: boolean;
  deleted?: boolean;
  restricted?: boolean;
  stranger?: boolean;
  doNotDisturb?: Person["doNotDisturb"];
}

/** @throws {Error} when the handle is taken */
export function addPerson(team: Team, person: NewPerson): Person {
  if (team.personNamed(person.name)) throw new Error(`There is already a person named ${person.name}.`);
  const added: Person = {
    id: team.ids.next("U"),
    name: person.name,
    realName: person.realName ?? person.name.charAt(0).toUpperCase() + person.name.slice(1),
    tz: person.tz ?? "Etc/UTC",
    isBot: person.isBot ?? false,
    admin: person.admin ?? false,
    deleted: person.deleted ?? false,
    restricted: person.restricted ?? false,
    stranger: person.stranger ?? false,
    ...(person.doNotDisturb && { doNotDisturb: person.doNotDisturb }),
  };
  team.people.set(added.id, added);
  return added;
}

const newBotToken = ({ ids }: Team): string =>
  `xoxb-${ids.digits("team-number", 12)}-${ids.digits("bot-number", 13)}-${ids.hex("bot-token", 24)}`;

/** Makes the bot user, its tokens and the signing secret. A workspace has one app: a second installation throws. */
export function install(team: Team, manifest: Installable): Installation {
  if (team.installation) throw new Error("The workspace has an app installed already.");
  const handle = manifest.botName.toLowerCase().replace(/[^a-z0-9._-]+/g, "");
  const bot = addPerson(team, { name: handle, realName: manifest.botName, isBot: true });
  const appId = team.ids.next("A");
  const installation: Installation = {
    appId,
    teamId: team.team.id,
    teamDomain: team.team.domain,
    botId: team.ids.next("B"),
    botUserId: bot.id,
    botToken: newBotToken(team),
    appToken: `xapp-1-${appId}-${team.ids.digits("app-number", 13)}-${team.ids.hex("app-token", 64)}`,
    signingSecret: team.ids.hex("signing-secret", 32),
    scopes: new Set(manifest.scopes),
    botEvents: new Set(manifest.botEvents),
    commands: new Map([...manifest.commands].map(([name, { escape }]) => [name, { escape }])),
    shortcuts: new Map(manifest.shortcuts),
    interactive: manifest.interactive,
    homeTab: manifest.homeTab,
    messagesTab: manifest.messagesTab,
  };
  team.installation = installation;
  return installation;
}

/** Why the app's token is not taken any more. https://docs.slack.dev/reference/methods/auth.test */
export type Revocation = "token_revoked" | "account_inactive";

/** The app hears of it, and of nothing else from then on. */
export function revokeToken(team: Team, why: Revocation = "token_revoked"): void {
  const { installation } = team;
  if (!installation || team.revoked !== undefined) throw new Error("There is no token to revoke.");
  team.revoked = why;
  const tokens = { oauth: [], bot: [installation.botUserId] };
  team.emit("tokens_revoked", { type: "tokens_revoked", tokens, event_ts: team.timestamps.next() });
}

/**
 * The app's bot user goes, and with it its place in every channel (unverified: no page of Slack's says what becomes of it).
 * Slack promises no order of the two events.
 */
export function uninstall(team: Team): void {
  revokeToken(team, "account_inactive");
  team.emit("app_uninstalled", { type: "app_uninstalled", event_ts: team.timestamps.next() });
  const bot = team.installation && team.person(team.installation.botUserId);
  if (!bot) return;
  bot.deleted = true;
  for (const channel of team.channels.values()) if (channel.kind !== "im") channel.members.delete(bot.id);
}

/** The token that was revoked holds again, as when an administrator takes a restriction back. */
export function restoreToken(team: Team): void {
  team.revoked = undefined;
}

/** The bot user is back, with a new token. */
export function reinstall(team: Team): void {
  const { installation } = team;
  const bot = installation && team.person(installation.botUserId);
  if (!installation || !bot) throw new Error("The app was never installed.");
  team.formerTokens.add(installation.botToken);
  installation.botToken = newBotToken(team);
  bot.deleted = false;
  team.revoked = undefined;
}

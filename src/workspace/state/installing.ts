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
    deleted: person.deleted ?? false,
    restricted: person.restricted ?? false,
    stranger: person.stranger ?? false,
    ...(person.doNotDisturb && { doNotDisturb: person.doNotDisturb }),
  };
  team.people.set(added.id, added);
  return added;
}

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
    botToken: `xoxb-${team.ids.digits("team-number", 12)}-${team.ids.digits("bot-number", 13)}-${team.ids.hex("bot-token", 24)}`,
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

import type { WebClient } from "@slack/web-api";
import type { Clock } from "../clock.ts";
import type { Incident } from "../domain/incident.ts";
import { mentionsIn, words, type Words } from "../domain/words.ts";
import type { Handling } from "../handle.ts";
import type { Log } from "../log.ts";
import type { ConfigurationCheck } from "./check-configuration.ts";
import type { Directory } from "./directory.ts";
import type { Download } from "./download.ts";
import { namesOf } from "./names.ts";
import type { Standing } from "./standing.ts";
import { type Names, peopleIn } from "./text.ts";
import type { TokenWatch } from "./token-watch.ts";
import type { ViewModel } from "./views/model.ts";

/** What every listener is given. */
export interface SlackRoom {
  handling: Handling;
  clock: Clock;
  /** Never given message text, titles or secrets. */
  log: Pick<Log, "warn">;
  auth: { botUserId: string; botId: string; teamUrl: string };
  /** For calls that a person waits for: never retried, never held back by a rate limit on another method. */
  interactive: WebClient;
  directory: Pick<Directory, "find" | "isFresh">;
  /** Who is a guest, and who is in which private channel. */
  standing: Standing;
  /** What the configuration names and Slack does not have. */
  configuration: Pick<ConfigurationCheck, "refresh" | "warnings">;
  /** Reads a file that somebody gave. */
  download: Download;
  /** Told that the bot's token does not hold any more. */
  token: Pick<TokenWatch, "refused">;
  newId(): string;
}

export const newWords = (room: SlackRoom, body: string): Words => words(room.newId(), body);

/** Names of the people in these incidents, as far as they are known. */
export const namesFor = (room: SlackRoom, incidents: readonly Incident[]): Promise<Names> =>
  namesOf(room.handling.store, incidents.flatMap(peopleIn));

/** Names of the people whom a text mentions, as far as they are known. */
export const namesIn = (room: SlackRoom, text: string): Promise<Names> =>
  namesOf(room.handling.store, mentionsIn(text));

export async function modelOf(room: SlackRoom, incident: Incident): Promise<ViewModel> {
  return {
    incident,
    rules: room.handling.rules,
    now: room.clock.now(),
    names: await namesFor(room, [incident]),
    teamUrl: room.auth.teamUrl,
  };
}

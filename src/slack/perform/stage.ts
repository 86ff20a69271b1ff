import type { FetchFunction, WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Incident } from "../../domain/incident.ts";
import type { MessageFact } from "../../domain/record.ts";
import type { Rules } from "../../domain/rules.ts";
import type { AskPerson } from "../../postmortem/export.ts";
import type { Person, Store } from "../../store/port.ts";
import { askFor, type Caller, type Trail } from "../calls.ts";
import type { Found } from "../catch-up/progress.ts";
import type { Asker } from "../directory.ts";
import type { NamedChannel } from "../lookup/named-channel.ts";
import type { MethodPauses } from "../method-pauses.ts";

/** What the performing of each effect is given. */
export interface Stage {
  client: WebClient;
  /** What Slack asked to wait for, whichever effect asks. */
  pauses: MethodPauses;
  token?: Caller["token"];
  directory?: Asker["directory"];
  store: Pick<
    Store,
    | "answerOf"
    | "incident"
    | "incidentOfChannel"
    | "message"
    | "messages"
    | "messagesBefore"
    | "meta"
    | "people"
    | "repliesAfter"
    | "subscribers"
    | "threads"
  >;
  rules: Rules;
  clock: Clock;
  auth: { botUserId: string; teamUrl: string };
  /** For addresses that are no Web API methods: response URLs, uploads. */
  fetch: FetchFunction;
  /** Wire milliseconds until such a request counts as lost. */
  timeout: number;
  exportPostmortem: (
    incident: number,
    askPerson: AskPerson,
  ) => Promise<{ filename: string; markdown: string } | undefined>;
  /** A configured channel by name or id; the same one each time. */
  channelNamed: (configured: string) => NamedChannel;
  /** Merges what Slack tells of a message into the record. */
  recordFact: (fact: MessageFact) => Promise<void>;
  /** Told of each run through an incident's history once it is done. */
  caughtUp: (incident: Incident, found: Found) => void;
  /** Control cards that are on their way to their channel, by incident: what else opens with them comes after. */
  cards: Map<number, Promise<unknown>>;
  /** Of look-ups that a failure cut short, by the key of the effect: how far they came. */
  trails: Map<string, Trail>;
  /** Channels that were joined by this process. */
  joined: Set<string>;
  /** Channel names that were found taken by this process. */
  taken: Set<string>;
  /** People who were asked for before they were learned, by user id. */
  strangers: Map<string, Promise<Person | undefined>>;
}

export const skipped = (why: string) => ({ as: "skipped", why }) as const;

/** The incident with its channel, or why nothing can be shown in it. */
export async function opened(
  stage: Stage,
  number: number,
): Promise<{ incident: Incident; channel: string } | { why: string }> {
  const incident = await stage.store.incident(number);
  if (!incident) return { why: "the incident is not there" };
  return incident.channel
    ? { incident, channel: incident.channel.id }
    : { why: "the incident has no channel" };
}

const directMessageSchema = z.object({ channel: z.object({ id: z.string() }) });

/** The channel of the bot's direct messages with a person; opening it again gives the same. */
export async function directMessage(stage: Stage, user: string): Promise<string> {
  const { channel } = await askFor(stage, "conversations.open", { users: user }, directMessageSchema);
  return channel.id;
}

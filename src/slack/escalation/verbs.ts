import { z } from "zod";
import type { Incident } from "../../domain/incident.ts";
import type { Target } from "../../domain/escalation/state.ts";
import { askFor, CallFailed } from "../calls.ts";
import { type Asked, byAsker, type RunVerb } from "../commands/asked.ts";
import { bare, cut } from "../../domain/reading/line.ts";
import { somebody } from "../commands/mentioned.ts";
import { newWords, type SlackRoom } from "../room.ts";
import { code, plain } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { carryOut } from "./answer.ts";
import { openPage } from "./form.ts";
import { onCallView } from "./on-call-view.ts";

/** Commands of this folder, by their word. */
export const escalationVerbs = {
  escalate: { on: "incident", run: escalate },
  ack: { on: "incident", run: ack },
  page: { on: "incident", run: page },
  oncall: { on: "anywhere", run: onCallView },
} satisfies Readonly<Record<string, RunVerb>>;

async function ack(room: SlackRoom, asked: Asked, incident: Incident): Promise<Message> {
  const command = { type: "Acknowledge", ...byAsker(room, asked), incident: incident.number } as const;
  return carryOut(room, command, asked);
}

async function escalate(room: SlackRoom, asked: Asked, incident: Incident, rest: string): Promise<Message> {
  const command = {
    type: "Escalate",
    ...byAsker(room, asked),
    incident: incident.number,
    ...(rest === "" ? {} : { reason: newWords(room, rest) }),
  } as const;
  return carryOut(room, command, asked);
}

async function page(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  rest: string,
): Promise<Message | null> {
  const [first, reason] = cut(rest);
  if (first === "") return openPage(room, asked.triggerId, incident);
  const whom = await withHandle(room, whomNamed(room, first, asked.user));
  if (whom === null) return unknown(room, asked, first);
  const isUser = "target" in whom && whom.target.kind === "user";
  const found = isUser ? await somebody(room, whom.target.name) : { people: [] };
  if ("sentence" in found) return reply(`${found.sentence} Nobody was called.`);
  const command = {
    type: "Page",
    ...byAsker(room, asked),
    incident: incident.number,
    whom,
    ...(reason === "" ? {} : { reason: newWords(room, reason) }),
  } as const;
  const { people } = found;
  return carryOut(room, command, { keys: asked.keys, people });
}

type Whom = { target: Target } | { policy: string };

const howTo = ({ command }: Asked): string =>
  `${code(`${command} page @bob the database is yours`)} calls a person, ${code(`${command} page @sre`)} a user group, ${code(`${command} page default`)} a policy or an on-call rotation.`;

const groupsSchema = z.object({ usergroups: z.array(z.object({ id: z.string(), handle: z.string() })) });

/** A mention in a message has the group's id alone; people know its handle. Its id does where Slack does not say that. */
async function withHandle({ interactive: client, log }: SlackRoom, whom: Whom | null): Promise<Whom | null> {
  if (whom === null || !("target" in whom) || whom.target.kind !== "group") return whom;
  const { name } = whom.target;
  if (!/^S[A-Z0-9]{8,}$/.test(name)) return whom;
  try {
    const { usergroups } = await askFor({ client }, "usergroups.list", {}, groupsSchema);
    const handle = usergroups.find(({ id }) => id === name)?.handle;
    return handle === undefined ? whom : { target: { kind: "group", name: handle } };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    log.warn({ error: error.failure.error }, "Slack did not say what a user group is called");
    return whom;
  }
}

/** A mention as Slack writes it, else a name of the configuration, else a group's handle as it was typed. */
function whomNamed(room: SlackRoom, word: string, asker: string): Whom | null {
  const user = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[,:]?$/.exec(word)?.[1];
  if (user !== undefined) return { target: { kind: "user", name: user } };
  // The mention of a group; its handle stands behind the bar: https://docs.slack.dev/messaging/formatting-message-text
  const group = /^<!subteam\^([A-Z0-9]+)(?:\|@?([^>]*))?>[,:]?$/.exec(word);
  if (group?.[1] !== undefined) return { target: { kind: "group", name: group[2] || group[1] } };
  if (bare(word) === "me") return { target: { kind: "user", name: asker } };
  const { rules } = room.handling;
  const typed = bare(plain(word, new Map()));
  if (typed.startsWith("@") && typed.length > 1) return { target: { kind: "group", name: typed.slice(1) } };
  const name = typed.replace(/^oncall:/, "");
  const policy = Object.keys(rules.escalation).find((each) => each.toLowerCase() === typed);
  if (policy !== undefined) return { policy };
  const rotation = Object.keys(rules.onCall).find((each) => each.toLowerCase() === name);
  return rotation === undefined ? null : { target: { kind: "oncall", name: rotation } };
}

function unknown(room: SlackRoom, asked: Asked, word: string): Message {
  const { rules } = room.handling;
  const named = (names: readonly string[]) => (names.length === 0 ? "none" : names.map(code).join(", "));
  return reply(
    `${code(plain(word, new Map()))} is no person, group, policy or rotation that I know, so nobody was called. ${howTo(asked)} Policies: ${named(Object.keys(rules.escalation))}. Rotations: ${named(Object.keys(rules.onCall))}.`,
  );
}

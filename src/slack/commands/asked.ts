import { slackUser } from "../../domain/actor.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { mentionsIn } from "../../domain/words.ts";
import { meet } from "../escalation/answer.ts";
import type { CommandWord } from "../id-shape.ts";
import type { InputKeys } from "../keys.ts";
import { namesFor, namesIn, type SlackRoom } from "../room.ts";
import { seenIncident, seenIncidents } from "../sight.ts";
import { code, plain, plainWords } from "../text.ts";
import { incidentAt } from "../whereabouts.ts";
import { shortenLabel, type Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

/** Who asked, where, and how the answer can reach them. */
export interface Asked {
  command: CommandWord;
  user: string;
  channel: string;
  /** The thread that was asked in, where that can be told. */
  threadTs?: string | null;
  /** Null where no form can be opened: a mention. */
  triggerId: string | null;
  responseUrl?: string;
  keys: InputKeys;
  /** The line as it was typed. */
  line: string;
}

/** How a command that one folder owns is carried out; `rest` is what follows its word. Null: a form was opened. */
export type RunVerb =
  | {
      on: "incident";
      run: (room: SlackRoom, asked: Asked, incident: Incident, rest: string) => Promise<Message | null>;
    }
  | { on: "anywhere"; run: (room: SlackRoom, asked: Asked, rest: string) => Promise<Message | null> };

export const byAsker = (room: SlackRoom, asked: Asked) => ({
  at: room.clock.now(),
  actor: slackUser(asked.user),
});

const mostChoices = 5;

/** Which incidents a command may be about; of the others, the open ones. */
const about: Readonly<Record<string, "open" | "ended" | "all">> = {
  reopen: "ended",
  close: "ended",
  postmortem: "all",
  export: "all",
  timeline: "all",
  action: "all",
  actions: "all",
};

/**
 * The incident that is meant, or the question which one it is.
 * @param verb the command that is about it
 */
export async function meantIncident(
  room: SlackRoom,
  asked: Asked,
  { verb, named }: { verb: string; named: number | null },
): Promise<{ incident: Incident } | { question: Message }> {
  const number = named ?? (await incidentAt(room.handling.store, asked));
  const incident = number === undefined ? undefined : await seenIncident(room, asked, number);
  if (incident) return { incident };
  if (named !== null)
    return {
      question: reply(
        `There is no ${reference(named)}. ${code(`${asked.command} list`)} shows the open ones.`,
      ),
    };
  return { question: await whichOne(room, asked, about[verb] ?? "open") };
}

async function whichOne(room: SlackRoom, asked: Asked, which: "open" | "ended" | "all"): Promise<Message> {
  const { command, line } = asked;
  const seen = await seenIncidents(room, asked, which === "open" ? { open: true } : {});
  const [open, ended] = [seen.filter(isOpen), seen.filter((incident) => !isOpen(incident))];
  const meant = { open, ended, all: [...open, ...ended] }[which];
  await meet(room, mentionsIn(line));
  const typed = shortenLabel(plain(line, await namesIn(room, line)), 60);
  const how = `From here, name the incident first: ${code(`${command} INC-42 ${typed}`)}.`;
  if (meant.length === 0)
    return reply(
      `This is no incident’s channel, and ${{ open: "no incident is open", ended: "none has ended", all: "there is none yet" }[which]}. ${how}`,
      which === "ended" ? [] : [{ label: "Declare incident", press: { do: "OpenDeclare", command } }],
    );
  const names = await namesFor(room, meant);
  return reply(
    `This is no incident’s channel: which one do you mean? ${how}`,
    meant.slice(0, mostChoices).map((incident) => ({
      label: `${reference(incident)} ${plainWords(incident.title, names) ?? ""}`,
      press: { do: "Run", command, line: `${reference(incident)} ${line}`, once: room.newId() },
    })),
  );
}

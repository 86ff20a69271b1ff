import { slackUser } from "../../domain/actor.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import type { CommandWord } from "../id-shape.ts";
import { namesFor, type SlackRoom } from "../room.ts";
import { seenIncident, seenIncidents } from "../sight.ts";
import { code, plainWords } from "../text.ts";
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
  keys: string[];
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

/** The incident that is meant, or the question which one it is. */
export async function meantIncident(
  room: SlackRoom,
  asked: Asked,
  named: number | null,
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
  return { question: await whichOne(room, asked) };
}

async function whichOne(room: SlackRoom, asked: Asked): Promise<Message> {
  const { command, line } = asked;
  const open = (await seenIncidents(room, asked, { open: true })).filter(isOpen);
  const how = `From here, name the incident first: ${code(`${command} INC-42 ${shortenLabel(line, 60)}`)}.`;
  if (open.length === 0)
    return reply(`This is no incident’s channel, and no incident is open. ${how}`, [
      { label: "Declare incident", press: { do: "OpenDeclare", command } },
    ]);
  const names = await namesFor(room, open);
  return reply(
    `This is no incident’s channel: which one do you mean? ${how}`,
    open.slice(0, mostChoices).map((incident) => ({
      label: `${reference(incident)} ${plainWords(incident.title, names) ?? ""}`,
      press: { do: "Run", command, line: `${reference(incident)} ${line}`, once: room.newId() },
    })),
  );
}

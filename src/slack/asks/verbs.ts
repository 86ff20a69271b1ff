import { type Incident, isOpen } from "../../domain/incident.ts";
import { answerTo } from "../commands/answers.ts";
import { type Asked, byAsker, type RunVerb } from "../commands/asked.ts";
import { unquoted } from "../../domain/reading/line.ts";
import { somebody } from "../commands/mentioned.ts";
import { handleInput } from "../input.ts";
import { newWords, type SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { openAsk } from "./forms.ts";
import { askIn } from "./length.ts";

/** Commands of this folder, by their word. */
export const asksVerbs = { ask: { on: "incident", run: ask } } satisfies Readonly<Record<string, RunVerb>>;

async function ask(room: SlackRoom, asked: Asked, incident: Incident, rest: string): Promise<Message | null> {
  if (rest === "" || !isOpen(incident)) return openAsk(room, asked.triggerId, incident);
  // Further people in the text are part of it, so only the first word tells whom.
  const [, mentioned, self, words = ""] =
    /^(?:<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|(me\b))[\s,:]*(?:to\s+)?([\s\S]*)$/i.exec(rest) ?? [];
  const to = mentioned ?? (self === undefined ? undefined : asked.user);
  if (to === undefined)
    return reply(
      `Whom? Begin with the person, picked from the list that opens at @: ${code(`${asked.command} ask @bob check the connection pool 5m`)}. Nothing was asked.`,
      [{ label: "Ask somebody", press: { do: "OpenAsk", incident: incident.number } }],
    );
  const whom = await somebody(room, to);
  if ("sentence" in whom) return reply(`${whom.sentence} Nothing was asked.`);
  const { text, within } = askIn(unquoted(words));
  if (text === "") return openAsk(room, asked.triggerId, incident, to);
  const outcome = await handleInput(
    room,
    {
      type: "AskPerson",
      ...byAsker(room, asked),
      incident: incident.number,
      ask: room.newId(),
      to,
      text: newWords(room, unquoted(text)),
      within,
    },
    { keys: asked.keys, people: whom.people },
  );
  return answerTo(room, outcome);
}

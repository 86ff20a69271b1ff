import type { Incident } from "../../domain/incident.ts";
import { answerTo } from "../commands/answers.ts";
import { type Asked, byAsker, type RunVerb } from "../commands/asked.ts";
import { unquoted } from "../../domain/reading/line.ts";
import { handleInput } from "../input.ts";
import { newWords, type SlackRoom } from "../room.ts";
import { code, plain } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { openDecision, openMitigation } from "./forms.ts";
import { optionsView, readMitigate } from "./options.ts";

/** Commands of this folder, by their word. */
export const mitigationVerbs = {
  mitigate: { on: "incident", run: mitigate },
  decide: { on: "incident", run: decide },
} satisfies Readonly<Record<string, RunVerb>>;

/** The five options; with one of them behind the word, its form. */
async function mitigate(
  room: SlackRoom,
  { command, triggerId, user }: Asked,
  incident: Incident,
  rest: string,
): Promise<Message | null> {
  if (rest === "") return optionsView(incident, { command });
  const read = readMitigate(rest);
  const words = plain(rest, new Map());
  if (!read)
    return optionsView(incident, {
      command,
      note: `${code(words)} names none of them, so nothing was done.`,
    });
  const what = plain(unquoted(read.what), new Map());
  return openMitigation(room, triggerId, incident, { option: read.option, what }, user);
}

async function decide(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  rest: string,
): Promise<Message | null> {
  const text = unquoted(rest);
  if (text === "") return openDecision(room, asked.triggerId, incident);
  const outcome = await handleInput(
    room,
    {
      type: "RecordDecision",
      ...byAsker(room, asked),
      incident: incident.number,
      decision: room.newId(),
      text: newWords(room, text),
    },
    { keys: asked.keys },
  );
  return answerTo(room, outcome);
}

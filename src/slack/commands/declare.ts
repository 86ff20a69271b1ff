import type { Command } from "../../domain/command.ts";
import { fitsButton, type Press } from "../ids.ts";
import { handleInput } from "../input.ts";
import type { DeclareAsked } from "../modals/declare.ts";
import { openDeclare } from "../modals/open.ts";
import { newWords, type SlackRoom } from "../room.ts";
import { safe } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { answerTo } from "./answers.ts";
import { type Asked, byAsker } from "./asked.ts";
import { type DeclareLine, declareLine, parseDeclare } from "./declare-line.ts";
import { type Here, hereOf, publicFault, whatHappens } from "./here.ts";

/** With a title at once, without one by a form, in the current channel after a confirmation. */
export async function declare(room: SlackRoom, asked: Asked, line: DeclareLine): Promise<Message | null> {
  if (line.here) return offerHere(room, asked, line);
  if (line.private && asked.command === "@Sitrep") return reply(readByAll);
  if (line.title === "") return openDeclare(room, asked, known(line));
  return declared(room, asked, line);
}

const known = ({ severity, private: isPrivate, drill }: DeclareLine): DeclareAsked => ({
  severity,
  private: isPrivate ?? false,
  drill: drill ?? false,
});

const readByAll =
  "Everybody here reads what I answer, so nothing was declared. Type `/incident declare --private` and the title: what a command says only you see.";

async function offerHere(room: SlackRoom, asked: Asked, line: DeclareLine): Promise<Message | null> {
  const here = await hereOf(room, asked.channel);
  if ("fault" in here) return reply(here.fault);
  if (line.private && !here.isPrivate) return reply(publicFault);
  if (line.title === "") return openDeclare(room, asked, { ...known(line), here });
  const press: Press = {
    do: "DeclareHere",
    command: asked.command,
    line: declareLine(line),
    once: room.newId(),
  };
  if (!fitsButton(press))
    return reply("That is too long for a title: say it in a few words, and log the rest.");
  return reply(`${whatHappens(here)} Open it here?`, [{ label: `Open it in #${here.name}`, press }]);
}

/** *Open it here*: the channel may have changed since it was offered. */
export async function confirmHere(room: SlackRoom, asked: Asked, written: string): Promise<Message> {
  const line = parseDeclare(written.replace(/^declare /, ""));
  if (line.kind === "unclear") return reply(safe(line.sentence));
  const here = await hereOf(room, asked.channel);
  if ("fault" in here) return reply(here.fault);
  if (line.private && !here.isPrivate) return reply(publicFault);
  return declared(room, asked, line, here);
}

async function declared(room: SlackRoom, asked: Asked, line: DeclareLine, here?: Here): Promise<Message> {
  const { severity, title } = line;
  const command: Command = {
    type: "Declare",
    ...byAsker(room, asked),
    title: newWords(room, title),
    severity,
    number: 0,
    declaredIn: asked.channel,
    ...((line.private || here?.isPrivate) && { private: true }),
    ...(line.drill && { drill: true }),
    ...(here && { here: { channel: here.channel, name: here.name } }),
  };
  const { keys, responseUrl } = asked;
  const outcome = await handleInput(room, command, { keys, ...(responseUrl ? { responseUrl } : {}) });
  return answerTo(room, outcome);
}

import { type Incident, isOpen } from "../../domain/incident.ts";
import { type Role, roleNames } from "../../domain/vocab.ts";
import { answerTo } from "../commands/answers.ts";
import { type Asked, byAsker, type RunVerb } from "../commands/asked.ts";
import { somebody, personIn } from "../commands/mentioned.ts";
import { handleInput } from "../input.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { code, plain } from "../text.ts";
import type { Message } from "../views/limits.ts";
import type { Offer } from "../views/parts.ts";
import { reply } from "../views/reply.ts";
import { giveRole } from "./give.ts";
import { openHandover, openRole } from "./open.ts";
import { everyRole, roleNamed } from "./role-words.ts";
import { rolesView } from "./roles-view.ts";

/** Commands of this folder, by their word. */
export const rolesVerbs = {
  lead: { on: "incident", run: lead },
  role: { on: "incident", run: role },
  roles: {
    on: "incident",
    run: async (room, asked, incident) => rolesView(await modelOf(room, incident), asked.user),
  },
  handover: { on: "incident", run: handover },
} satisfies Readonly<Record<string, RunVerb>>;

const unknownPerson = (asked: Asked, written: string, how: string): Message =>
  reply(
    `I know nobody by ${code(plain(written, new Map()))}, so nothing was done. Pick the person from the list that opens at @: ${code(`${asked.command} ${how}`)}`,
  );

async function lead(room: SlackRoom, asked: Asked, incident: Incident, rest: string): Promise<Message> {
  const named = rest === "" ? { user: asked.user, rest: "" } : personIn(rest, asked.user);
  if (!named || named.rest !== "") return unknownPerson(asked, rest, "lead @bob");
  return (await giveRole(room, asked, incident, { role: "commander", to: named.user })).answer;
}

async function role(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  rest: string,
): Promise<Message | null> {
  if (rest === "" || !isOpen(incident)) return openRole(room, asked.triggerId, incident);
  const named = personIn(rest, asked.user);
  const words = named?.rest ?? rest.replace(/\s*@\S+/, "");
  const meant = roleNamed(words);
  if ("nearest" in meant) return noRole(incident, words, meant.nearest, named?.user);
  if (!named) {
    if (/@/.test(rest)) return unknownPerson(asked, rest, `role ${roleNames[meant.role]} @bob`);
    return reply(
      `Who? ${code(`${asked.command} role ${roleNames[meant.role]} @bob`)} gives it, or take it yourself:`,
      [
        {
          label: `I am ${roleNames[meant.role]}`,
          press: { do: "GiveRole", incident: incident.number, role: meant.role },
        },
      ],
    );
  }
  return (await giveRole(room, asked, incident, { role: meant.role, to: named.user })).answer;
}

/** The nearest role is one click away, where it is clear whose it is to be. */
function noRole(
  { number: incident }: Incident,
  words: string,
  nearest: Role | null,
  to: string | undefined,
): Message {
  const said = `${code(plain(words, new Map()))} is no role, so nothing was done.`;
  if (nearest === null) return reply(`${said} There are ${everyRole}.`);
  const yes: Offer = {
    label: `Yes, ${roleNames[nearest]}`,
    press: { do: "GiveRole", incident, role: nearest, ...(to !== undefined && { to }) },
  };
  return reply(`${said} Did you mean ${roleNames[nearest]}?`, to === undefined ? [] : [yes]);
}

async function handover(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  rest: string,
): Promise<Message | null> {
  if (rest === "") return openHandover(room, asked.triggerId, incident);
  const named = personIn(rest, asked.user);
  if (!named || named.rest !== "") return unknownPerson(asked, rest, "handover @bob");
  const whom = await somebody(room, named.user);
  if ("sentence" in whom) return reply(`${whom.sentence} Nothing was done.`);
  const outcome = await handleInput(
    room,
    { type: "OfferCommand", ...byAsker(room, asked), incident: incident.number, to: named.user },
    { keys: asked.keys, people: whom.people },
  );
  return answerTo(room, outcome);
}

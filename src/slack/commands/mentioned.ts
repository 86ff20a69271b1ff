import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import type { Message } from "../views/limits.ts";

const person = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/;

/** The first person named in a line, and what else stands in it. `me` alone or at an end is whoever asks. */
export function personIn(line: string, asker: string): { user: string; rest: string } | null {
  const named = person.exec(line);
  if (named?.[1] !== undefined) return { user: named[1], rest: spaced(line.replace(person, " ")) };
  const self = /^me\b\s*|\s*\bme[.!]?$/i.exec(line.trim());
  return self ? { user: asker, rest: spaced(line.trim().replace(self[0], " ")) } : null;
}

const spaced = (words: string): string => words.replaceAll(/[ \t]+/g, " ").trim();

/** Why nobody can be told by this: null for people, as far as they are known. */
export async function noPerson(room: SlackRoom, user: string): Promise<Message | null> {
  const isBot =
    user === room.auth.botUserId || (await room.handling.store.people([user])).get(user)?.isBot === true;
  return isBot ? reply("That is an app, not a person, so nothing was done. Name a person.") : null;
}

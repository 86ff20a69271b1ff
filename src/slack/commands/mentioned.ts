import type { Person } from "../../store/port.ts";
import { personOf } from "../known-person.ts";
import type { SlackRoom } from "../room.ts";

const person = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/;

/** The first person named in a line, and what else stands in it. `me` alone or at an end is whoever asks. */
export function personIn(line: string, asker: string): { user: string; rest: string } | null {
  const named = person.exec(line);
  if (named?.[1] !== undefined) return { user: named[1], rest: spaced(line.replace(person, " ")) };
  const self = /^me\b\s*|\s*\bme[.!]?$/i.exec(line.trim());
  return self ? { user: asker, rest: spaced(line.trim().replace(self[0], " ")) } : null;
}

const spaced = (words: string): string => words.replaceAll(/[ \t]+/g, " ").trim();

/**
 * Whom a role or a task is for: with the name, as far as Slack says it now, so that the answer can tell it; or why it cannot be
 * them.
 */
export async function somebody(
  room: SlackRoom,
  user: string,
): Promise<{ people: Person[] } | { sentence: string }> {
  if (user === room.auth.botUserId) return { sentence: app };
  const [person, isColleague] = await Promise.all([personOf(room, user), room.standing.isColleague(user)]);
  if (person?.isBot) return { sentence: app };
  if (!isColleague)
    return {
      sentence:
        "That is a guest or a stranger, who takes no part in commands. Name a member of the workspace.",
    };
  return { people: person ? [person] : [] };
}

const app = "That is an app, not a person. Name a person.";

import { bot } from "../../domain/actor.ts";
import type { Person } from "../../store/port.ts";
import { membersOf } from "../lookup/members.ts";
import { askPerson } from "../directory.ts";
import type { Read, Reading } from "./reading.ts";

/** Of so many it is asked at once who they are. */
const mostStrangers = 10;

/**
 * Who is in the channel. Of one that was there before it is unknown who was in it, so nobody there is taken for new: only who
 * has left is.
 */
export async function readMembers({ stage, incident, room, comparison }: Reading): Promise<Read> {
  const { number, here, presence } = incident;
  const known = Object.keys(presence.members);
  const there = await membersOf(stage, room.channel);
  const left = known.filter((user) => !there.has(user));
  there.delete(comparison.botUserId);
  const fresh = here ? [] : [...there].filter((user) => presence.members[user] === undefined);
  const people = await stage.store.people(fresh);
  const strangers = fresh.filter((user) => !people.has(user));
  const learned: Person[] = [];
  for (const user of strangers.slice(0, mostStrangers)) {
    const person = await askPerson(stage, user);
    if (person) learned.push(person);
  }
  const later = new Set(strangers.slice(mostStrangers));
  const isBot = (user: string) => (people.get(user) ?? learned.find(({ id }) => id === user))?.isBot === true;
  const joined = fresh.filter((user) => !later.has(user) && !isBot(user));
  const at = comparison.now;
  return {
    facts: [],
    next: later.size > 0 ? [{ do: "members" }] : [],
    people: learned,
    ...(joined.length + left.length > 0 && {
      result: {
        type: "CompareMembers",
        at,
        actor: bot,
        incident: number,
        joined,
        left,
        since: at,
        keyEntries: [],
      },
    }),
  };
}

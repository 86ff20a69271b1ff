import { legible } from "../domain/words.ts";

/** What reading people's words needs to know. */
export interface Reading {
  /** Names by Slack user id. */
  people: ReadonlyMap<string, { name: string }>;
  /** IANA name of the zone in which a date is printed. */
  zone: string;
}

/** `@alice`, in one line; somebody whose name was never learned keeps the id. */
export function mention({ people }: Reading, user: string): string {
  const name = legible(people.get(user)?.name ?? "").replaceAll(/\s+/g, " ");
  return `@${name.trim() || user}`;
}

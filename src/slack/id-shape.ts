import { z } from "zod";

/** How people call Sitrep; texts use the word that was typed. */
export const commandWords = ["/incident", "/sitrep", "@Sitrep"] as const;
export type CommandWord = (typeof commandWords)[number];

export const incidentNumber = z.number().int().positive();

interface Tagged<Key extends string> {
  shape: Record<Key, { value: string }>;
}

/** Tells whether a press or a form is one of these. */
export function oneOf<Key extends string, Schemas extends readonly Tagged<Key>[]>(
  key: Key,
  schemas: Schemas,
) {
  const tags: ReadonlySet<string> = new Set(schemas.map(({ shape }) => shape[key].value));
  return <One extends Record<Key, string>>(
    one: One,
  ): one is Extract<One, Record<Key, Schemas[number]["shape"][Key]["value"]>> => tags.has(one[key]);
}

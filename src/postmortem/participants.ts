import type { Actor } from "../domain/actor.ts";
import { type Material, nameOf, readingOf } from "./material.ts";

/** Everybody who acted, spoke in the channel or marked something there, by name. */
export function participants(material: Material): string[] {
  const { events, messages, people } = material;
  const slack = [
    ...events.flatMap(({ event }) => (event.actor.kind === "slack" ? [event.actor.user] : [])),
    ...messages.flatMap(({ author, marks }) => [
      ...(author ? [author] : []),
      ...marks.map(({ person }) => person),
    ]),
  ].filter((user) => !people.get(user)?.isBot);
  const shell = events.flatMap(({ event }) => (event.actor.kind === "cli" ? [event.actor] : []));
  const names = [...slack.map((user): Actor => ({ kind: "slack", user })), ...shell].map((actor) =>
    nameOf(actor, readingOf(material)),
  );
  return [...new Set(names)].toSorted(byCodePoint);
}

// Not by locale, which differs between machines.
const byCodePoint = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

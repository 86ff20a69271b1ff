import { z } from "zod";
import { actorSchema } from "./actor.ts";

/** What every event has, with its own data. */
export const event = <Type extends string, Data extends z.ZodRawShape>(type: Type, data: Data) =>
  z.object({
    type: z.literal(type),
    /** When it happened, in ms since the epoch. When it was stored is the record's `recordedAt`. */
    at: z.number(),
    actor: actorSchema,
    data: z.object(data),
  });

interface Tagged {
  shape: { type: { value: string } };
}

/** Tells whether an event is one of these. */
export function among<Schemas extends readonly Tagged[]>(schemas: Schemas) {
  const types: ReadonlySet<string> = new Set(schemas.map(({ shape }) => shape.type.value));
  return <Event extends { type: string }>(
    one: Event,
  ): one is Extract<Event, { type: Schemas[number]["shape"]["type"]["value"] }> => types.has(one.type);
}

/** Tells whether a command is one of these. */
export const named =
  <Type extends string>(types: readonly Type[]) =>
  <Command extends { type: string }>(one: Command): one is Extract<Command, { type: Type }> =>
    types.some((type) => type === one.type);

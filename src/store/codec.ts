import type { z } from "zod";
import { type Answer, answerSchema } from "../domain/decision.ts";
import { type Effect, effectSchema } from "../domain/effect.ts";
import { eventVersion, type IncidentEvent, incidentEventSchema } from "../domain/event.ts";
import { type Incident, incidentSchema } from "../domain/incident.ts";
import { type MessageRecord, messageRecordSchema } from "../domain/record.ts";
import { wordsSchema } from "../domain/words.ts";

/** A value as it is stored: JSON in which `{words, body}` has become `{words}`, and the bodies by id. */
export interface Encoded {
  json: string;
  bodies: Map<string, string>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Splits people's words off. An erased body (null) is not among `bodies`, so that it cannot overwrite anything. */
export function encode(value: unknown): Encoded {
  const bodies = new Map<string, string>();
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (!isRecord(part) || !("words" in part) || !("body" in part)) return part;
    const words = wordsSchema.parse(part);
    if (words.body !== null) bodies.set(words.words, words.body);
    return { words: words.words };
  });
  return { json, bodies };
}

/** Ids of the words in stored values, each once. */
export function wordsIn(stored: unknown): string[] {
  const ids = new Set<string>();
  visit(stored, (reference) => ids.add(reference.words));
  return [...ids];
}

/** Puts the bodies into what `JSON.parse` has just made. An id without one was erased: null. */
export function hydrate(stored: unknown, bodies: Map<string, string | null>): void {
  visit(stored, (reference) => {
    reference.body = bodies.get(reference.words) ?? null;
  });
}

function visit(part: unknown, see: (reference: { words: string; body?: string | null }) => void): void {
  if (Array.isArray(part)) {
    for (const item of part) visit(item, see);
  } else if (isReference(part)) see(part);
  else if (isRecord(part)) for (const key in part) visit(part[key], see);
}

const isReference = (part: unknown): part is { words: string } =>
  isRecord(part) && typeof part["words"] === "string" && Object.keys(part).length === 1;

/** An event's columns, JSON parsed and hydrated. */
export interface StoredEvent {
  v: number;
  type: string;
  at: number;
  actor: unknown;
  data: unknown;
}

/** The step from version n to n + 1 stands at n - 1. */
const upcasts: readonly ((event: StoredEvent) => StoredEvent)[] = [];

/** @throws when the event is of a later version, or does not match its schema. */
export function decodeEvent(stored: StoredEvent): IncidentEvent {
  if (stored.v > eventVersion)
    throw new Error(`${stored.type} is of version ${stored.v}; this code knows ${eventVersion}`);
  const { type, at, actor, data } = upcasts.slice(stored.v - 1).reduce((event, step) => step(event), stored);
  return matching(incidentEventSchema, { type, at, actor, data }, `a stored ${type}`);
}

export const decodeIncident = (hydrated: unknown): Incident =>
  matching(incidentSchema, hydrated, "a stored incident");

export const decodeMessage = (hydrated: unknown): MessageRecord =>
  matching(messageRecordSchema, hydrated, "a stored message");

export const decodeEffect = (json: string): Effect =>
  matching(effectSchema, JSON.parse(json), "a stored effect");

export const decodeAnswer = (json: string): Answer =>
  matching(answerSchema, JSON.parse(json), "a stored answer");

function matching<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Paths and codes only: the values are people's words.
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join(", ");
  throw new Error(`${what} does not match its schema (${issues})`);
}

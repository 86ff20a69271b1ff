import { z } from "zod";
import type { IncidentEvent } from "./event.ts";
import { liveStatuses, severities } from "./vocab.ts";

/** What a command that was carried out answers; kept with the input's keys, so that a repeat hears the same. */
export const answerSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Declared"), number: z.number() }),
  z.object({
    type: z.literal("UpdatePosted"),
    number: z.number(),
    n: z.number(),
    nextUpdate: z.number().nullable(),
  }),
  z.object({
    type: z.literal("StatusSet"),
    number: z.number(),
    status: z.enum(liveStatuses),
    n: z.number(),
    nextUpdate: z.number().nullable(),
  }),
  z.object({
    type: z.literal("SeveritySet"),
    number: z.number(),
    severity: z.enum(severities),
    n: z.number(),
    nextUpdate: z.number().nullable(),
  }),
  z.object({ type: z.literal("TitleSet"), number: z.number() }),
  z.object({ type: z.literal("Snoozed"), number: z.number(), until: z.number() }),
  z.object({ type: z.literal("Logged"), number: z.number(), entry: z.string(), happenedAt: z.number() }),
  z.object({ type: z.literal("EntryUndone"), number: z.number(), entry: z.string() }),
  z.object({ type: z.literal("Resolved"), number: z.number(), detailed: z.boolean() }),
  z.object({ type: z.literal("ExportAsked"), number: z.number(), to: z.string().nullable() }),
  z.object({ type: z.literal("SectionsWritten"), number: z.number() }),
  /** Carried out; `sentence` says so, encoded as words are, people as `<@U1>`. */
  z.object({ type: z.literal("Said"), number: z.number(), sentence: z.string() }),
  /** Recorded; nobody waits for a word. */
  z.object({ type: z.literal("Noted") }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** Why a command was not carried out, as a person may read it. `field` names the input it is about. */
export interface Refusal {
  code: string;
  sentence: string;
  field?: string;
  /** The incident that would have to be reopened for it. */
  reopens?: number;
}

export type Decision = { events: IncidentEvent[]; answer: Answer } | { refusal: Refusal };

export const refuse = (code: string, sentence: string, field?: string): Decision => ({
  refusal: field === undefined ? { code, sentence } : { code, sentence, field },
});

export const said = (
  events: IncidentEvent[],
  { number }: { number: number },
  sentence: string,
): Decision => ({
  events,
  answer: { type: "Said", number, sentence },
});

/** Of what nobody asked for in person: a timer, a fact. */
export const noted = (events: IncidentEvent[]): Decision => ({ events, answer: { type: "Noted" } });

import { newId, systemClock } from "../clock.ts";
import type { Actor } from "../domain/actor.ts";
import type { Command } from "../domain/command.ts";
import type { Answer } from "../domain/decision.ts";
import { type Incident, reference } from "../domain/incident.ts";
import type { Rules } from "../domain/rules.ts";
import { formatClock } from "../domain/time.ts";
import { escapeText, legible, mentionsIn, unescapeText, type Words, words } from "../domain/words.ts";
import { handle } from "../handle.ts";
import { nameOf } from "../postmortem/material.ts";
import { mention } from "../postmortem/reading.ts";
import { type OpenRecord, withRecord } from "./record.ts";
import { shellUser } from "./shell-user.ts";
import { type ExitCode, fail, type Terminal } from "./terminal.ts";

/** What reading an argument may need: who asks and when, and what is configured. */
export interface Asked {
  at: number;
  actor: Actor;
  rules: Rules;
}

/** What was recorded: a sentence of ours (encoded as words are) and the same as facts. */
export interface Recorded {
  sentence: string;
  facts: Record<string, unknown>;
}

export interface Change<Kind extends Answer["type"]> {
  json: boolean;
  /** A fault is one of the arguments: nothing was asked of the incident. */
  command: (asked: Asked) => Command | { fault: string };
  answers: Kind;
  recorded: (answer: Extract<Answer, { type: Kind }>, about: Asked & { incident: Incident }) => Recorded;
}

/** Changes an incident as the person at this shell, beside a running Sitrep or without one. */
export function change<Kind extends Answer["type"]>(
  terminal: Terminal,
  { json, command: commandOf, answers, recorded }: Change<Kind>,
): Promise<ExitCode> {
  return withRecord(terminal, async (record) => {
    const at = (terminal.clock ?? systemClock).now();
    const asked = { at, actor: shellUser(terminal), rules: record.rules };
    const command = commandOf(asked);
    if ("fault" in command) {
      fail(terminal, command.fault);
      return 2;
    }
    const outcome = await handle(record, command);
    if (!outcome.ok) return fail(terminal, ...(await refusalLines(record, outcome.refusal)));
    const { answer } = outcome;
    const number = "number" in answer ? answer.number : undefined;
    const incident =
      outcome.incident ?? (number === undefined ? undefined : await record.store.incident(number));
    if (!isAnswer(answer, answers) || !incident) throw new Error(`${command.type} answered ${answer.type}`);
    const { sentence, facts } = recorded(answer, { ...asked, incident });
    const told = await asPlainText(record, sentence);
    if (json)
      terminal.out(`${JSON.stringify({ ...factsOf(incident, asked), ...facts, said: told }, null, 2)}\n`);
    else terminal.out(`${told}\n${whatComes(incident)}\n`);
    return 0;
  });
}

const isAnswer = <Kind extends Answer["type"]>(
  answer: Answer,
  kind: Kind,
): answer is Extract<Answer, { type: Kind }> => answer.type === kind;

const factsOf = (incident: Incident, { at, actor }: Asked) => ({
  incident: reference(incident),
  recordedAt: new Date(at).toISOString(),
  by: nameOf(actor, { people: new Map(), zone: "UTC" }),
});

/** Nothing is sent from here: whoever serves the database does. */
const whatComes = ({ channel }: Incident): string =>
  channel
    ? "Slack shows it as soon as Sitrep runs and Slack answers."
    : "Its channel opens as soon as Sitrep runs and Slack answers, and shows it.";

async function refusalLines(
  record: OpenRecord,
  { sentence, reopens }: { sentence: string; reopens?: number },
): Promise<string[]> {
  const told = await asPlainText(record, sentence);
  return reopens === undefined ? [told] : [told, "Reopening is done in Slack."];
}

/** A sentence as a terminal may show it: people by name, and no control characters. */
async function asPlainText({ store, rules }: OpenRecord, sentence: string): Promise<string> {
  const reading = { people: await store.people(mentionsIn(sentence)), zone: rules.timezone };
  const named = sentence.replaceAll(/<@([UW][A-Z0-9]+)>/g, (_, user: string) =>
    escapeText(mention(reading, user)),
  );
  return legible(unescapeText(named));
}

/** Words as a shell gives them: plain text, an argument each. */
export const typedWords = (typed: readonly string[]): Words =>
  words(newId(), escapeText(typed.join(" ").trim()));

/** `The next one is due at 15:06 UTC.` */
export const nextUpdateSentence = (due: number | null, { rules, at }: Asked): string =>
  due === null
    ? "No next one is promised."
    : `The next one is due at ${formatClock(due, rules.timezone, at)}.`;

export const isoOrNull = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();

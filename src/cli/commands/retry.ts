import { systemClock } from "../../clock.ts";
import { reference } from "../../domain/incident.ts";
import { handle, type Outcome } from "../../handle.ts";
import type { DeadEffect } from "../../store/port.ts";
import { isServed } from "../../store/sqlite/serving.ts";
import { sentenceFor } from "../findings/advice.ts";
import { type OpenRecord, withRecord } from "../record.ts";
import { shellUser } from "../shell-user.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";

export interface RetryArguments {
  incident?: number;
  all?: true;
  json?: true;
}

interface Retried {
  key: string;
  incident: string | null;
  /** `settled`: it is under way already, or nothing of it is left. `unknown`: it was never refused. */
  outcome: "retried" | "settled" | "unknown";
  says: string;
}

/** Puts back what was refused; the Sitrep that serves does it, now or when it starts. */
export async function retry(
  terminal: Terminal,
  keys: readonly string[],
  { incident, all, json }: RetryArguments,
): Promise<ExitCode> {
  if ([keys.length > 0, incident !== undefined, all].filter(Boolean).length !== 1) {
    fail(terminal, "say what is to be tried again: one or more keys, --incident INC-42, or --all.");
    return 2;
  }
  return withRecord(terminal, async (record, database) => {
    if (incident !== undefined && !(await record.store.incident(incident)))
      return fail(terminal, `There is no ${reference(incident)}.`);
    const dead = await record.store.deadEffects();
    const chosen = dead.filter((each) => all || each.incident === incident || keys.includes(each.key));
    const unknown = keys.filter((key) => !dead.some((each) => each.key === key));
    const told: Retried[] = [];
    // The oldest first, as they were to be done.
    for (const each of chosen.toReversed()) told.push(await retryOne(terminal, record, each));
    for (const key of unknown) told.push(await whyNot(terminal, record, key));
    if (json) terminal.out(`${JSON.stringify(told, null, 2)}\n`);
    else terminal.out(inWords(told, isServed(database)));
    return told.some(({ outcome }) => outcome === "unknown") ? 1 : 0;
  });
}

async function retryOne(terminal: Terminal, record: OpenRecord, dead: DeadEffect): Promise<Retried> {
  const { key, incident } = dead;
  if (incident === null) {
    const at = nowAt(terminal);
    await record.store.commit({ at, dead: { retry: [key], giveUp: [] } });
    return { key, incident: null, outcome: "retried", says: sentenceFor(dead) };
  }
  const outcome = await ask(terminal, record, incident, key);
  const state = await record.store.incident(incident);
  const sentence = state?.troubles.findLast((each) => each.key === key)?.sentence ?? sentenceFor(dead);
  return {
    key,
    incident: `${reference(incident)}${state?.private ? " (PRIVATE)" : ""}`,
    outcome: outcome.ok ? "retried" : "settled",
    says: outcome.ok ? sentence : outcome.refusal.sentence,
  };
}

/** Of a key that names nothing dead. */
async function whyNot(terminal: Terminal, record: OpenRecord, key: string): Promise<Retried> {
  const incident = Number(/^(\d+):/.exec(key)?.[1] ?? 0);
  const outcome = await ask(terminal, record, incident, key);
  const code = outcome.ok ? null : outcome.refusal.code;
  const isKnown = !outcome.ok && code !== "no_such_incident";
  return {
    key,
    incident: isKnown ? reference(incident) : null,
    outcome: code === "tried_again" ? "settled" : "unknown",
    says: isKnown
      ? outcome.refusal.sentence
      : `Nothing by the key ${key} was refused: sitrep doctor names what was.`,
  };
}

const nowAt = ({ clock = systemClock }: Terminal): number => clock.now();

const ask = (terminal: Terminal, record: OpenRecord, incident: number, key: string): Promise<Outcome> =>
  handle(record, { type: "RetryEffect", at: nowAt(terminal), actor: shellUser(terminal), incident, key });

function inWords(told: readonly Retried[], served: boolean): string {
  if (told.length === 0) return "Nothing was refused that could be tried again.\n";
  const lines = told.map(({ key, incident, outcome, says }) =>
    outcome === "retried"
      ? `${incident ?? "No incident"}: ${key} is tried again. ${says}\n`
      : `${key} is not tried again. ${says}\n`,
  );
  const when = served
    ? "The running Sitrep does it within seconds; the notes in the incidents' channels tell what comes of it."
    : "No Sitrep is running on this database: it is done when one starts.";
  return `${lines.join("")}${told.some(({ outcome }) => outcome === "retried") ? `${when}\n` : ""}`;
}

import { closest } from "fastest-levenshtein";
import type { Actor } from "../../domain/actor.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import type { Rules } from "../../domain/rules.ts";
import { fitOf } from "../../domain/runbooks/matching.ts";
import { escapeText } from "../../domain/words.ts";
import type { Outcome } from "../../handle.ts";
import { answerTo } from "../commands/answers.ts";
import type { CommandWord } from "../id-shape.ts";
import { handleInput } from "../input.ts";
import type { InputKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import type { Message } from "../views/limits.ts";
import type { Offer } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

/** Buttons that one answer holds. */
const mostOffers = 20;

/** All runbooks, those that fit the incident first. */
export function listView(incident: Incident, rules: Rules, command: CommandWord, note?: string): Message {
  const before = note === undefined ? "" : `${note}\n`;
  if (rules.runbooks.length === 0)
    return reply(
      `${before}No runbook is configured. Put one as a markdown file into the folder that ${code("runbooks")} names in sitrep.yml.`,
    );
  const all = rules.runbooks
    .map((runbook) => ({ runbook, fit: fitOf(runbook, incident) }))
    .toSorted((one, other) => Number(one.fit === null) - Number(other.fit === null));
  const lines = all.map(({ runbook, fit }) => {
    const posted = incident.runbooks.posted.some(({ name }) => name === runbook.name);
    const remarks = [...(fit === null ? [] : [`fits: ${fit}`]), ...(posted ? ["posted already"] : [])];
    return `• ${escapeText(runbook.name)}${remarks.length === 0 ? "" : ` (${escapeText(remarks.join("; "))})`}`;
  });
  const rest = all.length > mostOffers ? `\nThe others by name: ${code(`${command} runbook NAME`)}` : "";
  return reply(
    `${before}*Runbooks for ${reference(incident)}*\n${lines.join("\n")}${rest}`,
    all.slice(0, mostOffers).map(({ runbook: { name } }) => postOffer(incident, name)),
  );
}

const postOffer = ({ number }: Incident, name: string): Offer => ({
  label: `Post ${name}`,
  press: { do: "PostRunbook", incident: number, name },
});

/** A name that is none: the nearest one is offered, nothing is done. */
export function unknownView(incident: Incident, rules: Rules, command: CommandWord, asked: string): Message {
  const { runbooks } = rules;
  const note = `There is no runbook ${code(asked)}, so nothing was posted.`;
  if (runbooks.length === 0) return listView(incident, rules, command, note);
  const names = runbooks.map(({ name }) => name);
  const parts = names.filter((name) => name.toLowerCase().includes(asked.toLowerCase()));
  const lower = names.map((name) => name.toLowerCase());
  const near = names[lower.indexOf(closest(asked.toLowerCase(), lower))] ?? "";
  const meant = parts.length > 1 ? parts : [near];
  return reply(`${note} Did you mean ${meant.map((name) => `*${escapeText(name)}*`).join(" or ")}?`, [
    ...meant.slice(0, mostOffers).map((name) => postOffer(incident, name)),
    { label: "All runbooks", press: { do: "ListRunbooks", incident: incident.number, command } },
  ]);
}

interface Posting {
  incident: number;
  at: number;
  actor: Actor;
  name: string;
  /** Names this posting of one that stands in the channel already. */
  again?: string;
}

/** Posts a runbook; of one that stands there already it can be posted once more. */
export async function post(
  room: SlackRoom,
  { again, ...posting }: Posting,
  keys: InputKeys,
): Promise<{ outcome: Outcome; answer: Message }> {
  const runbook = again ?? room.newId();
  const outcome = await handleInput(
    room,
    { type: "PostRunbook", ...posting, runbook, ...(again !== undefined && { again: true }) },
    { keys },
  );
  const answer = await answerTo(room, outcome);
  if (outcome.ok || outcome.refusal.code !== "posted" || again !== undefined) return { outcome, answer };
  const { incident, name } = posting;
  return {
    outcome,
    answer: reply(outcome.refusal.sentence, [
      { label: "Post it again", press: { do: "PostRunbook", incident, name, again: runbook } },
    ]),
  };
}

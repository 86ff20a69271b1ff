import { bot } from "../actor.ts";
import type { Command } from "../command.ts";
import type { Timer } from "../effect.ts";
import type { EventOf } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isLate } from "../lateness/state.ts";
import type { Rules } from "../rules.ts";

/** The event that sets a timer again: what falls due is not to be done yet. */
export const setAgain = (timer: Timer, at: number, until: number): EventOf<"PromptHeldBack"> => ({
  type: "PromptHeldBack",
  at,
  actor: bot,
  data: { timer, until },
});

/**
 * The event that puts a prompt off, since people were prompted a moment ago; null: it may go out now. Ask it once it is clear
 * that the prompt is still wanted, and add the event that prompts to the list in `presence/evolve.ts`.
 * @param timer what falls due again then
 */
export function heldBack(
  { prompts }: Rules,
  { presence: { promptedAt } }: Incident,
  timer: Timer,
  { at, dueAt = at }: Pick<Command, "at" | "dueAt">,
): EventOf<"PromptHeldBack"> | null {
  if (promptedAt === null || prompts.atMostEvery === null) return null;
  const until = promptedAt + prompts.atMostEvery;
  const late = isLate(dueAt, at) ? { ...timer, wasDue: dueAt } : timer;
  return at < until ? setAgain(late, at, until) : null;
}

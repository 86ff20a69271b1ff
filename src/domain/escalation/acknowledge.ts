import type { Actor } from "../actor.ts";
import { type Decision, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import type { EscalationCommandNamed } from "./commands.ts";
import { isWaiting, isWalking } from "./walk.ts";

/** Stops the steps that wait. Each person once, unless calls have gone out since that wait for somebody again. */
export function acknowledge(
  rules: Rules,
  state: Incident,
  { at, actor }: EscalationCommandNamed<"Acknowledge">,
): Decision {
  const name = reference(state);
  if (!isOpen(state))
    return refuse("ended", `${name} is ${state.status}: nobody is called any more, so nothing was changed.`);
  const { acks, walks } = state.escalation;
  const mine = acks.findLast(({ by }) => isSame(by, actor));

  const clock = (instant: number) => formatClock(instant, rules.timezone, at);
  if (mine && !walks.some(isWaiting))
    return said([], state, `You acknowledged ${name} at ${clock(mine.at)} already, so nothing was added.`);
  const first = acks[0];
  const others =
    first && !isSame(first.by, actor)
      ? ` ${nameOf(first.by)} acknowledged at ${clock(first.at)}; now you have as well.`
      : "";
  const stops = walks.some((walk) => isWalking(walk) && walk.answeredAt === null)
    ? " The steps that wait for an answer stop."
    : "";
  return said(
    [{ type: "CallAcknowledged", at, actor, data: {} }],
    state,
    `You have ${name}, and its card says so.${others}${stops}`,
  );
}

const isSame = (one: Actor, other: Actor): boolean =>
  one.kind === other.kind && (one.kind === "bot" || other.kind === "bot" || one.user === other.user);

const nameOf = (by: Actor): string =>
  by.kind === "slack" ? `<@${by.user}>` : by.kind === "cli" ? `${by.user} (command line)` : "Sitrep";

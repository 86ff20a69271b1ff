import { bot } from "../actor.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import type { Timer } from "../effect.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import { heldBack, setAgain } from "../presence/quiet.ts";
import { isLate } from "../lateness/state.ts";
import type { Rules } from "../rules.ts";
import { seenAt } from "../shown.ts";
import type { Slot } from "../slot.ts";
import { formatDuration } from "../time.ts";
import type { EscalationCommandNamed } from "./commands.ts";
import { takeNextStep } from "./next-step.ts";
import {
  byItself,
  callDue,
  type Cause,
  callTurn,
  exhaust,
  happen,
  unfold,
  type Unfolding,
} from "./unfold.ts";
import { dueAt, isWalking, uncalled, waits } from "./walk.ts";

const minute = 60_000;

/** How long somebody who has it may be silent before they are asked. */
export const silence = 15 * minute;

/** How long they have to answer that. */
const toAnswer = 5 * minute;

/** What was said takes no longer to be read than this, or Slack does not show it. */
const toRead = 15 * minute;
/** At first: reading is mostly a matter of seconds. */
const toReadAtFirst = 10_000;

/**
 * Until when it is not decided that nobody was heard, since what was said is still being read: after that it is looked again; null:
 * all of it is on record.
 */
function readUntil({
  at,
  readingSince = null,
}: EscalationCommandNamed<"CheckHeard" | "GoOn">): number | null {
  if (readingSince === null || at < readingSince || at >= readingSince + toRead) return null;
  return Math.min(at + Math.max(toReadAtFirst, at - readingSince), readingSince + toRead);
}

export const still = (watch: number): Slot => `still:${watch}`;

/** Nothing heard from anybody for too long: *Still on it?* */
export function checkHeard(
  rules: Rules,
  state: Incident,
  command: EscalationCommandNamed<"CheckHeard">,
): Decision {
  const { type, at, incident, watch: version, lastSaidAt, dueAt = at } = command;
  const { watch, heardAt } = state.escalation;
  if (!isOpen(state) || watch?.version !== version || watch.askedAt !== null) return satisfied;
  const timer: Timer = { type, incident, watch: version };
  const again = (until: number): Decision => noted([setAgain(timer, at, until)]);
  if (state.severity !== "SEV1" && state.severity !== "SEV2") return again(at + silence);
  const heard = Math.max(heardAt, lastSaidAt ?? 0);
  if (heard + silence > at) return again(heard + silence);
  const reading = readUntil(command);
  if (reading !== null) return noted([setAgain({ ...timer, wasDue: dueAt }, at, reading)]);
  const later = heldBack(rules, state, timer, command);
  if (later) return noted([later]);
  const data = { watch: version, who: watch.who, heardAt: heard, goesOnAt: at + toAnswer };
  return noted([{ type: "StillOnItAsked", at, actor: bot, data }]);
}

/**
 * Nobody answered: the walk goes on where it stood. The time for it counts from when the question was shown. While Sitrep was away
 * it could hear no answer, so after that they have the time once more.
 */
export function goOn(rules: Rules, state: Incident, command: EscalationCommandNamed<"GoOn">): Decision {
  const { type, at, incident, watch: version, lastSaidAt, dueAt = at, wasDue } = command;
  const { watch, heardAt } = state.escalation;
  if (!isOpen(state) || watch?.version !== version || watch.askedAt === null) return satisfied;
  if (Math.max(heardAt, lastSaidAt ?? 0) > watch.askedAt)
    return noted([{ type: "StillOnIt", at, actor: bot, data: {} }]);
  const again: Timer = { type, incident, watch: version, wasDue: dueAt };
  const slot = still(version);
  const shownAt = command.isOnItsWay && !state.posts[slot] ? at : seenAt(state, watch.askedAt, [slot]);
  const until = shownAt + toAnswer;
  if (until > at) return noted([setAgain(again, at, until)]);
  if (wasDue === undefined && isLate(dueAt, at)) return noted([setAgain(again, at, at + toAnswer)]);
  const reading = readUntil(command);
  if (reading !== null) return noted([setAgain(again, at, reading)]);
  const silent = formatDuration(at - (watch.silentSince ?? watch.askedAt));
  const cause: Cause = { ...byItself, because: `who has it was not heard of for ${silent}` };
  const now = unfold(rules, state, at);
  const { walks } = state.escalation;
  if (walks.some(isWalking)) for (const index of walks.keys()) resume(now, index, cause);
  else takeNextStep(now, cause);
  return noted(now.events);
}

function resume(now: Unfolding, index: number, cause: Cause): void {
  const walk = now.state.escalation.walks[index];
  if (!walk || !isWalking(walk) || walk.answeredAt === null) return;
  const next = uncalled(walk).find((each) => walk.turns[each] && waits(walk.turns[each]));
  const due = next === undefined ? null : dueAt(walk, next);
  const shift = walk.shift + (due === null ? 0 : Math.max(0, now.at - due));
  happen(now, { type: "WalkResumed", at: now.at, actor: bot, data: { walk: index, shift } });
  if (next === undefined) return exhaust(now, index);
  callTurn(now, index, next, cause);
  callDue(now, index, cause);
}

export function confirmStillOnIt(
  state: Incident,
  { at, actor, watch: version }: EscalationCommandNamed<"ConfirmStillOnIt">,
): Decision {
  const { watch } = state.escalation;
  if (!isOpen(state))
    return refuse("ended", `${reference(state)} is ${state.status}: nothing waits for you.`);
  if (watch?.version !== version || watch.askedAt === null)
    return refuse("answered", "That question was answered already. “ack” says that you have the incident.");
  return said(
    [{ type: "StillOnIt", at, actor, data: {} }],
    state,
    `Good: you have ${reference(state)}. Nobody else is called.`,
  );
}

const satisfied = refuse("satisfied", "Somebody was heard of meanwhile, or the incident has ended.");

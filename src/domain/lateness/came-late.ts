import type { Command } from "../command.ts";
import { effectsOf } from "../effects-of.ts";
import type { IncidentEvent } from "../event.ts";
import { dueAt as turnDueAt } from "../escalation/walk.ts";
import { evolve } from "../evolve.ts";
import type { Incident } from "../incident.ts";
import { isLate } from "./state.ts";
import { addressed, type Slot } from "../slot.ts";

/** What says itself how late it is, how long there is left, or when what it tells of was. */
const tellsItself: ReadonlySet<string> = new Set(["reminder", "update", "headsup", "ended"]);

/**
 * The event that says of the messages which a late timer brings about when they were due; none where it came in time.
 * @param events all that it brought about
 * @param before the state that they found
 */
export function cameLate(
  { at, actor, dueAt = at }: Command,
  before: Incident | undefined,
  events: readonly IncidentEvent[],
): IncidentEvent[] {
  if (!isLate(dueAt, at)) return [];
  const due: Record<Slot, number> = {};
  let state = before;
  for (const event of events) {
    state = evolve(state, event);
    const since = dueOfStep(event, state) ?? dueAt;
    if (isLate(since, at)) for (const slot of promptsOf(event, state)) due[slot] = since;
  }
  return Object.keys(due).length === 0 ? [] : [{ type: "PromptsCameLate", at, actor, data: { due } }];
}

/** Several steps may be overdue together. One that came before its time came for another reason than its time. */
function dueOfStep(event: IncidentEvent, { escalation }: Incident): number | null {
  if (event.type !== "PeopleCalled" || event.data.because !== null) return null;
  const { walk: index, turn } = event.data;
  const walk = index === null ? undefined : escalation.walks[index];
  const due = walk && turn !== null ? turnDueAt(walk, turn) : null;
  // A walk that began late counts from then.
  return due === event.at ? null : due;
}

/** Without their address: to whomever it goes, it is late for the same reason. */
function promptsOf(event: IncidentEvent, state: Incident): Slot[] {
  // Whom a call reaches is asked of Slack first.
  if (event.type === "PeopleCalled") return [`call:${event.data.call}`, `step:${event.data.call}`];
  return effectsOf(event, state)
    .flatMap(({ effect }) => (effect.type === "PostMessage" ? [addressed(effect.slot).slot] : []))
    .filter((slot) => !tellsItself.has(slot.split(":")[0] ?? ""));
}

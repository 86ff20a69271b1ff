import type { Command } from "./command.ts";
import type { IncidentEvent } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { Incident } from "./incident.ts";
import type { Rules } from "./rules.ts";

/** What a command has brought about so far: its events, and the state that they found and made. */
export interface Happened {
  command: Command;
  events: readonly IncidentEvent[];
  before: Incident | undefined;
  after: Incident;
}

/** What follows from a decision whatever it was about, and needs configuration. */
export type Reaction = (rules: Rules, happened: Happened) => readonly IncidentEvent[];

/** All the events of a command, once each reaction has added to what the ones before it left. */
export function unfolded(
  rules: Rules,
  { command, events, before }: Omit<Happened, "after">,
  reactions: readonly Reaction[],
): IncidentEvent[] {
  const all = [...events];
  let after = events.reduce<Incident | undefined>(evolve, before);
  for (const reaction of reactions) {
    if (!after) break;
    const more = reaction(rules, { command, before, events: [...all], after });
    all.push(...more);
    after = more.reduce(evolve, after);
  }
  return all;
}

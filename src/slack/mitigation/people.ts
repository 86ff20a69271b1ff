import type { Actor } from "../../domain/actor.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Words } from "../../domain/words.ts";

/** Everybody whose name messages about mitigations, decisions and runbooks need. */
export function peopleMitigating({ mitigation, runbooks }: Pick<Incident, "mitigation" | "runbooks">): {
  actors: (Actor | null | undefined)[];
  texts: (Words | null)[];
  users: string[];
} {
  const { tried, decisions, noRollback, prompted } = mitigation;
  return {
    actors: [
      ...tried.flatMap(({ by, finishedBy, stillRunning }) => [by, finishedBy, stillRunning?.by]),
      ...decisions.map(({ by }) => by),
      noRollback?.by,
      ...runbooks.posted.flatMap(({ by, done }) => [by, ...Object.values(done).map((each) => each.by)]),
    ],
    texts: [
      ...tried.flatMap(({ what, whyNotRollback }) => [what, whyNotRollback]),
      ...decisions.map(({ text }) => text),
      ...(noRollback ? [noRollback.reason] : []),
    ],
    users: [
      ...tried.flatMap(({ owner }) => (owner === null ? [] : [owner])),
      ...(prompted?.to ? [prompted.to] : []),
    ],
  };
}

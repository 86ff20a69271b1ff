import { actorName } from "../actor.ts";
import type { Incident } from "../incident.ts";
import type { TimelineEntry } from "../timeline-entry.ts";
import { mitigationNames } from "../vocab.ts";
import type { Words } from "../words.ts";
import type { MitigationEvent } from "./events.ts";
import type { Mitigation } from "./state.ts";
import { outcomeOf, runningAction } from "./words.ts";

/** Key entries that reach the post-mortem, at the times when it happened. */
export function entriesOfMitigation(
  { mitigation: { tried } }: Incident,
  event: MitigationEvent,
  recordedAt: number,
): TimelineEntry[] {
  const { at: saidAt, actor: by } = event;
  const told = (at: number, ...parts: (string | Words)[]): TimelineEntry[] => [
    { kind: "told", at, recordedAt, by, parts },
  ];
  const who = actorName(by, (user) => `<@${user}>`);
  const one = (id: string): Mitigation | undefined => tried.find((each) => each.id === id);
  switch (event.type) {
    case "MitigationDecided": {
      const { option, what, owner, decidedAt, mitigation: id } = event.data;
      // Decided and started in one breath is one entry.
      if (decidedAt === null || one(id)?.startedAt === decidedAt) return [];
      const whose = owner === null ? "" : `, owner <@${owner}>`;
      return told(
        decidedAt,
        `Mitigation decided by ${who}${whose}: ${mitigationNames[option]}, `,
        what,
        ...whyNot(event.data.whyNotRollback),
      );
    }
    case "MitigationStarted": {
      const { mitigation: id, startedAt } = event.data;
      const of = one(id);
      if (!of || of.startedAt !== startedAt) return [];
      const whose = of.owner === null ? "" : ` (owner <@${of.owner}>)`;
      const why = of.decidedAt === startedAt || of.decidedAt === null ? whyNot(of.whyNotRollback) : [];
      return told(startedAt, "Mitigation started: ", runningAction(of), whose, ...why);
    }
    case "MitigationFinished": {
      const { mitigation: id, finishedAt, result } = event.data;
      const of = one(id);
      // What was corrected since stands no longer.
      if (!of || of.finishedAt !== finishedAt || of.result !== result) return [];
      return told(
        finishedAt,
        `Mitigation ${outcomeOf(result)}: ${mitigationNames[of.option]}, `,
        of.what,
        ` (said by ${who})`,
      );
    }
    case "RollbackRuledOut":
      return told(saidAt, `Rollback not possible, said by ${who}: `, event.data.reason);
    case "DecisionRecorded":
      return told(saidAt, `Decision by ${who}: `, event.data.text);
    case "MitigationResumed":
    case "MitigationAsked":
    case "MitigationStillRuns":
    case "MitigationPrompted":
      return [];
    default:
      return event satisfies never;
  }
}

const whyNot = (reason: Words | null): (string | Words)[] =>
  reason === null ? [] : ["; no rollback: ", reason];

import type { KeyEntry } from "../command.ts";
import type { Incident } from "../incident.ts";
import { stageOf } from "../mitigation/state.ts";
import { actedUpon, lastActAt } from "../mitigation/words.ts";
import type { Draft, Source } from "../update.ts";
import { impactAssessedAt, isAssessedImpact } from "./impact.ts";

/**
 * The next update, filled from recorded facts only: what the last one said, and as current action the mitigation that runs,
 * else the last key entry since. One of a single line said neither impact nor action, so it is looked past.
 * `nextUpdate` is what this one would promise.
 */
export function draftUpdate(state: Incident, entries: readonly KeyEntry[], nextUpdate: number | null): Draft {
  const last = state.updates.findLast(
    ({ lines, change }) => !change && (lines.currentAction !== null || lines.impact !== null),
  );
  const told = state.updates.findLast(({ automaticSince, change }) => automaticSince === null && !change);
  const acted = actedUpon(state);
  // While it runs it is the current action; once it has ended it is news like any other.
  const since =
    acted && stageOf(acted) === "running"
      ? Infinity
      : Math.max(told?.at ?? state.declaredAt, acted ? lastActAt(acted) : 0);
  const news = entries.findLast((entry) => entry.at >= since);
  const sources: Source[] = [];
  if (state.impact && isAssessedImpact(state, state.impact))
    sources.push({ line: "impact", from: "assessment", at: impactAssessedAt(state) });
  else if (state.impact && last) sources.push({ line: "impact", from: `update ${last.n}`, at: last.at });
  if (news)
    sources.push({
      line: "currentAction",
      from: news.from,
      at: news.at,
      ...(news.ts ? { ts: news.ts } : {}),
      ...(news.threadTs ? { threadTs: news.threadTs } : {}),
    });
  else if (acted) sources.push({ line: "currentAction", from: "mitigation", at: lastActAt(acted) });
  else if (state.currentAction && last)
    sources.push({ line: "currentAction", from: `update ${last.n}`, at: last.at });
  return {
    lines: {
      status: state.status,
      impact: state.impact,
      started: state.started,
      currentAction: news?.text ?? state.currentAction,
      nextUpdate,
    },
    sources,
  };
}

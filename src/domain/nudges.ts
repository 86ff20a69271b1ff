import type { Timer } from "./effect.ts";

/**
 * Whether all that a timer brings is a message that wants something of somebody, or what follows when nobody answered one. While
 * Slack is away nobody would see it, nor be heard: it waits, and is decided when it can be shown and what was said meanwhile was
 * read. The update clock and calls for help go on.
 */
const isNudge: Readonly<Record<Timer["type"], boolean>> = {
  RemindUpdate: false,
  PostOverdueUpdate: false,
  EscalateMissedUpdate: false,
  StartWalk: false,
  CallTurn: false,
  EscalateCommander: false,
  OfferRunbooks: false,
  NoteDuplicate: false,
  ArchiveWhenDue: false,
  WarnUpdateDue: true,
  AskStillOpen: true,
  ExhaustWalk: true,
  CheckHeard: true,
  GoOn: true,
  RemindCommander: true,
  ChaseAsk: true,
  AskAssessmentAgain: true,
  PromptMitigation: true,
  AskMitigation: true,
  RemindPostmortem: true,
  AnnounceArchiving: true,
  RemindActionItem: true,
  SendActionDigest: true,
};

const timersThat = (nudge: boolean): readonly string[] =>
  Object.entries(isNudge).flatMap(([type, is]) => (is === nudge ? [type] : []));

export const nudges = timersThat(true);
export const otherTimers = timersThat(false);

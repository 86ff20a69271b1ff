import type { Timer } from "./effect.ts";

/**
 * Whether all that a timer brings is a message that wants something of somebody. While Slack is away nobody would see it: it
 * waits, and is decided when it can be shown. The update clock and calls for help go on.
 */
const isNudge: Readonly<Record<Timer["type"], boolean>> = {
  RemindUpdate: false,
  PostOverdueUpdate: false,
  EscalateMissedUpdate: false,
  StartWalk: false,
  CallTurn: false,
  GoOn: false,
  EscalateCommander: false,
  OfferRunbooks: false,
  NoteDuplicate: false,
  ArchiveWhenDue: false,
  WarnUpdateDue: true,
  AskStillOpen: true,
  ExhaustWalk: true,
  CheckHeard: true,
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

export const nudges: readonly string[] = Object.entries(isNudge).flatMap(([type, is]) => (is ? [type] : []));

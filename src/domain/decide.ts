import { isAccessCommand } from "./access/commands.ts";
import { decideAccess } from "./access/decide.ts";
import { isDeparturesCommand } from "./departures/commands.ts";
import { decideDepartures } from "./departures/decide.ts";
import { isActionItemsCommand } from "./action-items/commands.ts";
import { decideActionItems } from "./action-items/decide.ts";
import { isAsksCommand } from "./asks/commands.ts";
import { decideAsks } from "./asks/decide.ts";
import { isAssessmentCommand } from "./assessment/commands.ts";
import { decideAssessment } from "./assessment/decide.ts";
import { isAudiencesCommand } from "./audiences/commands.ts";
import { decideAudiences } from "./audiences/decide.ts";
import { audiencesReactions } from "./audiences/reactions.ts";
import { isCorrectionsCommand } from "./corrections/commands.ts";
import { decideCorrections } from "./corrections/decide.ts";
import { isEndingCommand } from "./ending/commands.ts";
import { decideEnding } from "./ending/decide.ts";
import { isEscalationCommand } from "./escalation/commands.ts";
import { decideEscalation } from "./escalation/decide.ts";
import { escalationReactions } from "./escalation/reactions.ts";
import { isMitigationCommand } from "./mitigation/commands.ts";
import { decideMitigation } from "./mitigation/decide.ts";
import { isOpeningCommand } from "./opening/commands.ts";
import { decideOpening } from "./opening/decide.ts";
import { openingReactions } from "./opening/reactions.ts";
import { isPresenceCommand } from "./presence/commands.ts";
import { decidePresence } from "./presence/decide.ts";
import { isRolesCommand } from "./roles/commands.ts";
import { decideRoles } from "./roles/decide.ts";
import { isRunbooksCommand } from "./runbooks/commands.ts";
import { decideRunbooks } from "./runbooks/decide.ts";
import { isTroublesCommand } from "./troubles/commands.ts";
import { decideTroubles } from "./troubles/decide.ts";
import type { Command } from "./command.ts";
import { declare } from "./decide/declare.ts";
import { note } from "./decide/facts.ts";
import { resolve } from "./decide/resolve.ts";
import { setSeverity } from "./decide/severity.ts";
import { setStatus } from "./decide/status.ts";
import { logEntry, undoEntry } from "./decide/timeline.ts";
import { setTitle } from "./decide/title.ts";
import { postOverdueUpdate, remindUpdate } from "./decide/update-due.ts";
import { postDraft, publishUpdate, snoozeUpdate } from "./decide/update.ts";
import { exportPostmortem, writeSections } from "./decide/post-mortem.ts";
import type { Decision } from "./decision.ts";
import type { Incident } from "./incident.ts";
import { cameLate } from "./lateness/came-late.ts";
import { type Reaction, unfolded } from "./reaction.ts";
import type { Rules } from "./rules.ts";

/** What a command does to an incident: events and an answer, or a refusal. Pure and total. */
export function decide(rules: Rules, state: Incident | undefined, command: Command): Decision {
  const decision = decided(rules, state, command);
  if ("refusal" in decision || decision.events.length === 0) return decision;
  const events = unfolded(rules, { command, events: decision.events, before: state }, reactions);
  return { events: [...events, ...cameLate(command, state, events)], answer: decision.answer };
}

/** Each sees what the ones before it have added. */
const reactions: readonly Reaction[] = [openingReactions, escalationReactions, audiencesReactions];

function decided(rules: Rules, state: Incident | undefined, command: Command): Decision {
  if (command.type === "Declare") return declare(rules, command);
  if (!state) throw new Error(`${command.type} needs an incident`);
  if (isRolesCommand(command)) return decideRoles(rules, state, command);
  if (isAsksCommand(command)) return decideAsks(rules, state, command);
  if (isAssessmentCommand(command)) return decideAssessment(rules, state, command);
  if (isMitigationCommand(command)) return decideMitigation(rules, state, command);
  if (isEscalationCommand(command)) return decideEscalation(rules, state, command);
  if (isRunbooksCommand(command)) return decideRunbooks(rules, state, command);
  if (isCorrectionsCommand(command)) return decideCorrections(rules, state, command);
  if (isEndingCommand(command)) return decideEnding(rules, state, command);
  if (isActionItemsCommand(command)) return decideActionItems(rules, state, command);
  if (isAudiencesCommand(command)) return decideAudiences(rules, state, command);
  if (isOpeningCommand(command)) return decideOpening(rules, state, command);
  if (isPresenceCommand(command)) return decidePresence(rules, state, command);
  if (isTroublesCommand(command)) return decideTroubles(state, command);
  if (isAccessCommand(command)) return decideAccess(state, command);
  if (isDeparturesCommand(command)) return decideDepartures(rules, state, command);
  switch (command.type) {
    case "PublishUpdate":
      return publishUpdate(rules, state, command);
    case "SetStatus":
      return setStatus(rules, state, command);
    case "SetSeverity":
      return setSeverity(rules, state, command);
    case "SetTitle":
      return setTitle(state, command);
    case "PostDraft":
      return postDraft(rules, state, command);
    case "SnoozeUpdate":
      return snoozeUpdate(rules, state, command);
    case "RemindUpdate":
      return remindUpdate(rules, state, command);
    case "PostOverdueUpdate":
      return postOverdueUpdate(rules, state, command);
    case "LogEntry":
      return logEntry(rules, state, command);
    case "UndoEntry":
      return undoEntry(state, command);
    case "Resolve":
      return resolve(rules, state, command);
    case "ExportPostmortem":
      return exportPostmortem(state, command);
    case "WriteSections":
      return writeSections(state, command);
    case "NoteChannelOpened":
    case "NoteMessagePosted":
    case "NoteMessageGone":
    case "NoteOutage":
    case "NotePostmortemUploaded":
    case "NotePostmortemShared":
    case "NoteEffectRefused":
      return note(state, command);
    default:
      return command satisfies never;
  }
}

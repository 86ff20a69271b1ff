import { addressed } from "../../domain/slot.ts";
import type { SlackEffect } from "../../domain/effect.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Failure } from "../errors.ts";

type Refused = Extract<Failure, { kind: "refused" }>;

const reasons: Record<string, string> = {
  channel_not_found: "Slack knows no such channel, or Sitrep may not see it",
  file_not_found: "Slack no longer has the file; `/incident postmortem` exports it anew",
  invalid_blocks: "Slack refused its layout, which is a fault in Sitrep",
  is_archived: "the channel is archived",
  message_not_found: "the message is gone",
  msg_blocks_too_long: "it is too long for Slack, which is a fault in Sitrep",
  msg_too_long: "it is too long for Slack, which is a fault in Sitrep",
  name_taken: "its name and twenty like it are taken: change `channels.naming` in sitrep.yml",
  not_in_channel: "Sitrep is not in the channel: invite it",
  restricted_action: "a setting of the workspace forbids it to apps; an administrator can allow it",
  too_many_pins: "the channel has as many pins as Slack allows",
  restricted_action_read_only_channel: "the channel is read-only",
  user_not_found: "Slack knows no such person",
  user_is_restricted: "guests may not be invited",
};

/** What could not be done and why, in words that somebody can act upon. */
export function refusalSentence(effect: SlackEffect, { error, needed }: Refused): string {
  const reason =
    error === "missing_scope"
      ? `the app lacks the permission ${needed ?? "for it"}: install it again with the manifest of this version`
      : (reasons[error] ?? `Slack answered ${error}`);
  return `${deed(effect)} was not possible: ${reason}.`;
}

/** What Slack refuses each time, such as for want of a permission, is said once; what is tried again says what comes of that. */
export const isTold = ({ troubles }: Incident, key: string, sentence: string): boolean =>
  troubles.some((each) => each.sentence === sentence && each.key !== key && each.ended === null);

function deed(effect: SlackEffect): string {
  switch (effect.type) {
    case "CreateChannel":
      return `Creating the channel #${effect.name}`;
    case "EnterChannel":
      return "Opening the incident in that channel";
    case "CatchUp":
      return "Reading what was said while Sitrep was away";
    case "ReturnToChannel":
      return "Coming back into the channel";
    case "LookAtChannel":
      return "Looking at the channel";
    case "LookElsewhere":
      return "Looking whether a channel can be posted to again";
    case "LookAtPerson":
      return "Looking up whether a person is still there";
    case "ArchiveChannel":
      return "Archiving the channel";
    case "InvitePeople":
      return `Inviting ${effect.users.length === 1 ? "one person" : `${effect.users.length} people`} into the channel`;
    case "PostMessage":
      return `Posting the ${named(effect.slot)}`;
    case "EditMessage":
      return `Bringing the ${named(effect.slot)} up to date`;
    case "DeleteMessage":
      return `Deleting the ${named(effect.slot)}`;
    case "AddBookmark":
      return `Adding the ${named(effect.slot)} to the channel's bookmarks`;
    case "PinMessage":
      return `Pinning the ${named(effect.slot)}`;
    case "SetTopic":
      return "Setting the channel's topic";
    case "SyncReceipt":
      return "Setting the receipt on a marked message";
    case "AnswerMissed":
      return "Saying under a message that it was not carried out";
    case "TellDeclarer":
      return "Sending the declarer the link to the channel";
    case "UploadPostmortem":
      return "Uploading the post-mortem draft";
    case "SharePostmortem":
      return "Sharing the post-mortem draft in the channel";
    case "SeekPeople":
      return "Looking up whom to call";
    case "FindSubscribers":
      return "Finding who asked for every update";
    case "LearnPerson":
      return "Reading a person's name";
    default:
      return effect satisfies never;
  }
}

/** A slot as people call it. */
function named(full: string): string {
  const { slot } = addressed(full);
  const [kind = slot, id = "", where] = slot.split(":");
  switch (kind) {
    case "card":
      return "control card";
    case "update":
      return `update ${id}${where === "thread" ? " in the announcements channel" : ""}`;
    case "reminder":
      return "reminder of the update";
    case "entry":
      return "timeline entry";
    case "postmortem":
      return "offer to write the post-mortem";
    case "sections":
      return "note about the post-mortem's sections";
    case "call":
    case "step":
      return "call for help";
    case "calling":
      return "notice of a call";
    case "exhausted":
      return "note that nobody has answered";
    case "still":
      return "question whether somebody still has it";
    case "role":
      return "note about a role";
    case "handover":
      return "offer of command";
    case "ask":
    case "chase":
      return "request to a person";
    case "mitigation":
    case "mitigation-check":
      return "note about a mitigation";
    case "mitigation-prompt":
      return "question for a mitigation";
    case "decision":
      return "note about a decision";
    case "runbook":
      return "runbook";
    case "runbook-offer":
      return "offer of runbooks";
    case "ask-done":
      return "note about what came of a request";
    case "missing":
      return "list of what is missing";
    case "brief":
      return "brief for somebody who joined";
    case "similar":
      return "question whether it is the same as another incident";
    case "uninvited":
      return "note about who could not be invited";
    case "unannounced":
      return "note that nothing was announced";
    case "thread":
    case "moved":
      return "message about where the incident goes on";
    case "action":
      return "action item";
    case "due":
      return "reminder of an action item";
    case "digest":
      return "list of action items";
    case "ended":
      return "note about the incident’s end";
    case "duplicate":
      return "link to the other incident";
    case "archive":
      return "notice before archiving";
    case "lost":
      return "word on how the channel comes back";
    case "back":
      return "note that Sitrep is back";
    case "converted":
      return "note about who can read the channel";
    case "gone":
      return "note about whose account is deactivated";
    case "pm-due":
      return "reminder of the post-mortem";
    case "assessment":
      return "four questions";
    case "trouble":
      return "note about what Slack refused";
    default:
      return kind;
  }
}

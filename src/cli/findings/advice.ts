import type { DeadEffect } from "../../store/port.ts";

const advice: Readonly<Record<string, string>> = {
  channel_not_found: "See that the channel exists and that Sitrep is in it, if it is private.",
  invalid_blocks: "This is a fault in Sitrep: report it with the key, and update.",
  is_archived: "Bring the channel back in Slack: only people can.",
  missing_scope: "Install the app again with the manifest of this version.",
  msg_too_long: "This is a fault in Sitrep: report it with the key, and update.",
  msg_blocks_too_long: "This is a fault in Sitrep: report it with the key, and update.",
  name_taken: "Change channels.naming in sitrep.yml, and start Sitrep anew.",
  not_in_channel: "Invite Sitrep into the channel.",
  restricted_action: "Have an administrator of the workspace allow it to apps.",
  restricted_action_read_only_channel: "Have an administrator let Sitrep post in the channel.",
  too_many_pins: "Unpin something in the channel.",
  user_not_found: "Correct the person in sitrep.yml, if it names her.",
};

/** What mends the cause of what was said, in the imperative. */
export const adviceFor = ({ effect, error }: Pick<DeadEffect, "effect" | "error">): string =>
  effect.type === "CallWebhook"
    ? `Correct the webhook ${effect.webhook} in sitrep.yml and start Sitrep anew, or mend what takes its calls.`
    : (advice[error] ?? `Mend what Slack calls ${error}.`);

/** Where no incident's record says it in words. */
export function sentenceFor({ effect, error }: DeadEffect): string {
  if (effect.type === "CallWebhook")
    return `Calling the webhook ${effect.webhook} was not possible: it answered ${error}.`;
  const deed = effect.type === "LearnPerson" ? `Reading the name of ${effect.user}` : effect.type;
  return `${deed} was not possible: Slack answered ${error}.`;
}

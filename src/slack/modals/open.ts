import type { ModalView } from "@slack/types";
import type { Press } from "../ids.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

/**
 * Opens a form. Triggers live three seconds and work once (https://docs.slack.dev/interactivity/handling-user-interaction),
 * so without one, or when Slack refuses it, the answer is a button that brings a fresh one. Null: the form is the answer.
 */
export async function openForm(
  room: SlackRoom,
  triggerId: string | null,
  view: ModalView,
  again: { label: string; press: Press },
): Promise<Message | null> {
  if (triggerId === null) return reply("This takes a form:", [again]);
  const client = room.interactive;
  try {
    await client.views.open({ trigger_id: triggerId, view });
    return null;
  } catch (error) {
    room.log.warn({ err: error, form: view.callback_id }, "a form could not be opened");
    return reply("Slack did not open the form. Press to try again:", [again]);
  }
}

import type {
  App,
  BlockAction,
  BlockElementAction,
  GlobalShortcut,
  MessageShortcut,
  ViewSubmitAction,
} from "@slack/bolt";
import { onPress } from "./actions/press.ts";
import { onCommand } from "./commands/command.ts";
import { onChannelArchived } from "./events/channel.ts";
import { onAppHome } from "./events/app-home.ts";
import { onMember } from "./events/member.ts";
import { onMention } from "./events/mention.ts";
import { onMessage } from "./events/message.ts";
import { onPin } from "./events/pin.ts";
import { onReaction } from "./events/reaction.ts";
import { botCommands } from "./methods.ts";
import { onSubmit } from "./modals/submit.ts";
import type { SlackRoom } from "./room.ts";
import { onGlobalShortcut, onMessageShortcut } from "./shortcuts.ts";

/** Hands what Slack sends to plain functions. Each returns after its commit; a throw means that nothing was kept. */
export function registerListeners(app: App, room: SlackRoom): void {
  for (const name of botCommands) app.command(name, ({ command, ack }) => onCommand(room, command, ack));

  // Every id is taken, so that one from another version is answered too.
  app.action<BlockAction>(
    { type: "block_actions", action_id: /^/ },
    async ({ action, body, ack, respond }) => {
      await onPress(
        room,
        {
          user: body.user.id,
          channel: body.channel?.id ?? "",
          triggerId: body.trigger_id,
          responseUrl: body.response_url ?? "",
          ephemeral: body.container["is_ephemeral"] === true,
          action: { ...action, value: pressedValue(action) },
        },
        { ack, respond },
      );
    },
  );
  app.view<ViewSubmitAction>({ type: "view_submission", callback_id: /^/ }, ({ body, ack }) =>
    onSubmit(room, body, ack),
  );

  app.shortcut<GlobalShortcut>({ type: "shortcut", callback_id: /^/ }, ({ shortcut, ack }) =>
    onGlobalShortcut(room, shortcut, ack),
  );
  app.shortcut<MessageShortcut>({ type: "message_action", callback_id: /^/ }, ({ shortcut, ack, respond }) =>
    onMessageShortcut(room, shortcut, { ack, respond }),
  );

  app.event("message", ({ event, body }) => onMessage(room, event, body.event_id));
  app.event("reaction_added", ({ event, body }) => onReaction(room, event, body.event_id));
  app.event("reaction_removed", ({ event, body }) => onReaction(room, event, body.event_id));
  app.event("pin_added", ({ event, body }) => onPin(room, event, body.event_id));
  app.event("pin_removed", ({ event, body }) => onPin(room, event, body.event_id));
  app.event("channel_archive", ({ event, body }) => onChannelArchived(room, event, body.event_id));
  app.event("channel_unarchive", ({ event, body }) => onChannelArchived(room, event, body.event_id));
  app.event("group_archive", ({ event, body }) => onChannelArchived(room, event, body.event_id));
  app.event("group_unarchive", ({ event, body }) => onChannelArchived(room, event, body.event_id));
  app.event("app_home_opened", ({ event }) => onAppHome(room, event));
  app.event("member_joined_channel", ({ event, body }) => onMember(room, event, body.event_id));
  app.event("member_left_channel", ({ event, body }) => onMember(room, event, body.event_id));
  app.event("app_mention", ({ event, body }) => onMention(room, event, body.event_id));
}

/** What a button bears, or the entry that was picked from a menu. */
function pressedValue(action: BlockElementAction): string | undefined {
  switch (action.type) {
    case "button":
      return action.value;
    case "overflow":
      return action.selected_option.value;
    case "static_select":
      // Somebody may unpick what stood there, whatever the types say.
      return action.selected_option?.value;
    default:
      return undefined;
  }
}

import type {
  App,
  BlockAction,
  BlockElementAction,
  GlobalShortcut,
  MessageShortcut,
  SlackEventMiddlewareArgs,
  ViewSubmitAction,
} from "@slack/bolt";
import { onPress } from "./actions/press.ts";
import { onCommand } from "./commands/command.ts";
import { onChannel } from "./events/channel.ts";
import { onAppHome } from "./events/app-home.ts";
import { onMember } from "./events/member.ts";
import { onMention } from "./events/mention.ts";
import { onMessage } from "./events/message.ts";
import { onPin } from "./events/pin.ts";
import { onUserChange } from "./events/person.ts";
import { onTokensRevoked, onUninstalled } from "./events/token.ts";
import { onReaction } from "./events/reaction.ts";
import { botCommands } from "./methods.ts";
import { onSubmit } from "./modals/submit.ts";
import type { SlackRoom } from "./room.ts";
import { onGlobalShortcut, onMessageShortcut } from "./shortcuts.ts";

/** Hands what Slack sends to plain functions. Each returns after its commit; a throw means that nothing was kept. */
export function registerListeners(app: App, room: SlackRoom): void {
  // Events stop here: Bolt asks every listener about every event, which cost more than recording it.
  app.use(async (args) => {
    if (!("event" in args)) return args.next();
    const isRepeat = (args.context.retryNum ?? 0) > 0;
    return onEvent(room, args.event, { id: args.body.event_id, isRepeat });
  });

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
}

async function onEvent(
  room: SlackRoom,
  event: SlackEventMiddlewareArgs["event"],
  { id, isRepeat }: { id: string; isRepeat: boolean },
): Promise<void> {
  switch (event.type) {
    case "message":
      return onMessage(room, event, id);
    case "reaction_added":
    case "reaction_removed":
      return onReaction(room, event, id);
    case "pin_added":
    case "pin_removed":
      return onPin(room, event, id);
    case "channel_archive":
    case "channel_deleted":
    case "channel_left":
    case "channel_rename":
    case "channel_unarchive":
    case "group_archive":
    case "group_deleted":
    case "group_left":
    case "group_rename":
    case "group_unarchive":
      return onChannel(room, event, id);
    case "user_change":
      return onUserChange(room, event, id);
    case "tokens_revoked":
      return onTokensRevoked(room, event.tokens);
    case "app_uninstalled":
      return onUninstalled(room);
    case "app_home_opened":
      return onAppHome(room, event);
    case "member_joined_channel":
    case "member_left_channel":
      return onMember(room, event, id);
    case "app_mention":
      return onMention(room, event, id, isRepeat);
    default:
      // Of no use here, whatever else an administrator has subscribed the app to.
      return undefined;
  }
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

import type { Tier } from "../dispatch/performer.ts";

/** Kinds of conversation a method is called for; `any` where the answer does not depend on one. */
export type ConversationKind = "public" | "private" | "im" | "any";

export interface BotMethod {
  method: string;
  tier: Tier;
  kinds: readonly ConversationKind[];
  why: string;
  /** Arguments in use that ask for a scope of their own. */
  with?: readonly string[];
  /** The package that makes the call, where it is not this room's code. */
  by?: string;
}

/** Every Web API method the bot calls. The manifest asks for the scopes of these and for no others. */
export const botMethods: readonly BotMethod[] = [
  {
    method: "auth.test",
    tier: "special",
    kinds: ["any"],
    why: "learns who the bot is before anything starts",
  },
  {
    method: "apps.connections.open",
    tier: 1,
    kinds: ["any"],
    why: "opens Socket Mode",
    by: "@slack/socket-mode",
  },
  {
    method: "conversations.create",
    tier: 2,
    kinds: ["public", "private"],
    why: "opens the incident's channel",
  },
  { method: "conversations.join", tier: 3, kinds: ["public"], why: "joins a channel before posting to it" },
  {
    method: "conversations.invite",
    tier: 3,
    kinds: ["public", "private"],
    why: "brings people into the incident's channel",
  },
  {
    method: "conversations.info",
    tier: 3,
    kinds: ["public", "private"],
    why: "looks what kind of channel it is, and what its topic says",
  },
  {
    method: "conversations.archive",
    tier: 2,
    kinds: ["public", "private"],
    why: "puts a closed incident's channel away, where that is configured",
  },
  {
    method: "conversations.list",
    tier: 2,
    kinds: ["public", "private"],
    why: "finds a configured channel by its name",
  },
  {
    method: "conversations.setTopic",
    tier: 2,
    kinds: ["public", "private"],
    why: "shows severity, status and commander above the incident's channel",
  },
  { method: "conversations.open", tier: 3, kinds: ["im"], why: "opens a direct message to one person" },
  {
    method: "conversations.history",
    tier: 3,
    kinds: ["public", "private", "im"],
    why: "looks for an own post before repeating it, and reads what was said before Sitrep came or while it was away",
    with: ["include_all_metadata"],
  },
  {
    method: "conversations.replies",
    tier: 3,
    kinds: ["public", "private", "im"],
    why: "looks for an own post in a thread, and reads what was said in it while Sitrep was away",
    with: ["include_all_metadata"],
  },
  {
    method: "conversations.members",
    tier: 4,
    kinds: ["public", "private"],
    why: "compares who is in the incident's channel with who is on record",
  },
  {
    method: "users.conversations",
    tier: 3,
    kinds: ["public", "private"],
    why: "looks for an own channel before creating another, and who may see a private incident",
  },
  { method: "users.info", tier: 4, kinds: ["any"], why: "reads a person's name, and whether she is a guest" },
  {
    method: "users.list",
    tier: 2,
    kinds: ["any"],
    why: "learns at the start and after a gap who is a guest, so that nobody waits for it",
  },
  { method: "dnd.info", tier: 3, kinds: ["any"], why: "says when a called person will not be disturbed" },
  { method: "usergroups.list", tier: 2, kinds: ["any"], why: "finds a user group that a step calls" },
  {
    method: "usergroups.users.list",
    tier: 2,
    kinds: ["any"],
    why: "learns who is in a user group, to call each of them",
  },
  { method: "chat.postMessage", tier: "special", kinds: ["public", "private", "im"], why: "posts" },
  {
    method: "chat.update",
    tier: 3,
    kinds: ["public", "private", "im"],
    why: "edits the control card and answered prompts",
  },
  { method: "chat.delete", tier: 3, kinds: ["public", "private"], why: "removes a post that came twice" },
  {
    method: "pins.list",
    tier: 2,
    kinds: ["public", "private"],
    why: "compares pins with those on record",
  },
  { method: "pins.add", tier: 2, kinds: ["public", "private"], why: "pins the control card" },
  {
    method: "bookmarks.list",
    tier: 3,
    kinds: ["any"],
    why: "looks whether a bookmark is there before adding it",
  },
  { method: "bookmarks.add", tier: 2, kinds: ["any"], why: "leads to the announcement and the post-mortem" },
  {
    method: "reactions.get",
    tier: 3,
    kinds: ["public", "private"],
    why: "learns who else marked a message where the history names some only",
  },
  {
    method: "reactions.add",
    tier: 3,
    kinds: ["public", "private"],
    why: "gives the receipt for a marked message",
  },
  { method: "reactions.remove", tier: 2, kinds: ["public", "private"], why: "takes the receipt back" },
  { method: "views.publish", tier: 4, kinds: ["any"], why: "shows App Home" },
  { method: "views.open", tier: 4, kinds: ["any"], why: "opens a form" },
  { method: "views.update", tier: 4, kinds: ["any"], why: "fills a form that was opened" },
  {
    method: "files.getUploadURLExternal",
    tier: 4,
    kinds: ["any"],
    why: "starts the upload of a post-mortem",
  },
  {
    method: "files.completeUploadExternal",
    tier: 4,
    kinds: ["public", "private", "im"],
    why: "shares the post-mortem",
  },
  {
    method: "files.info",
    tier: 4,
    kinds: ["any"],
    why: "looks whether a file was shared before sharing it again",
  },
];

/** Subscriptions by the manifest's names; a listener names the event type (`message`). */
export const botEvents: readonly string[] = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "channel_archive",
  "channel_deleted",
  "channel_left",
  "channel_rename",
  "channel_unarchive",
  "group_archive",
  "group_deleted",
  "group_left",
  "group_rename",
  "group_unarchive",
  "member_joined_channel",
  "member_left_channel",
  "message.channels",
  "message.groups",
  "pin_added",
  "pin_removed",
  "reaction_added",
  "reaction_removed",
  "tokens_revoked",
  "user_change",
];

export const botCommands: readonly string[] = ["/incident", "/sitrep"];

const tiers = new Map(botMethods.map(({ method, tier }) => [method, tier]));

/** Of a method in the list; what is not (an upload, a response URL) has no tier of its own. */
export const tierOf = (method: string): Tier => tiers.get(method) ?? "special";

import type { View } from "@slack/types";
import type {
  Channel,
  Installation,
  Instant,
  OpenView,
  Person,
  UserGroup,
  WorkspaceFile,
  WorkspaceMessage,
} from "./model.ts";
import * as changes from "./state/channel-changes.ts";
import * as channels from "./state/channels.ts";
import * as files from "./state/files.ts";
import * as groups from "./state/groups.ts";
import * as installing from "./state/installing.ts";
import * as lives from "./state/lives.ts";
import * as marks from "./state/marks.ts";
import * as messages from "./state/messages.ts";
import type { Outcome } from "./state/outcome.ts";
import * as shapes from "./state/shapes.ts";
import { Team } from "./state/team.ts";
import * as views from "./state/views.ts";

/**
 * One Slack team: its data, and everything that can happen to it, whoever does it. A refusal is a value with Slack's
 * error code; every change emits the events that Slack would send (`onHappening`), in order, before it returns.
 */
export class WorkspaceState extends Team {
  install(manifest: installing.Installable): Installation {
    return installing.install(this, manifest);
  }

  addPerson(person: installing.NewPerson): Person {
    return installing.addPerson(this, person);
  }

  createChannel(wanted: { name: string; creator: string; isPrivate?: boolean }): Outcome<Channel> {
    return channels.createChannel(this, wanted);
  }

  join(channel: string, user: string): Outcome<{ channel: Channel; already: boolean }> {
    return channels.join(this, channel, user);
  }

  leave(channel: string, user: string): Outcome<Channel> {
    return channels.leave(this, channel, user);
  }

  invite(channel: string, users: readonly string[], inviter: string): Outcome<Channel> {
    return channels.invite(this, channel, users, inviter);
  }

  kick(channel: string, user: string, by: string): Outcome<Channel> {
    return channels.kick(this, channel, user, by);
  }

  archive(channel: string, user: string): Outcome<Channel> {
    return changes.archive(this, channel, user);
  }

  unarchive(channel: string, user: string): Outcome<Channel> {
    return changes.unarchive(this, channel, user);
  }

  rename(channel: string, user: string, name: string): Outcome<Channel> {
    return changes.rename(this, channel, user, name);
  }

  convert(channel: string, user: string, to: "public" | "private"): Outcome<Channel> {
    return changes.convert(this, channel, user, to);
  }

  deleteChannel(channel: string, user: string): Outcome<Channel> {
    return changes.deleteChannel(this, channel, user);
  }

  setTopic(channel: string, user: string, topic: string): Outcome<Channel> {
    return changes.setTopic(this, channel, user, topic);
  }

  setGroup(handle: string, users: readonly string[]): UserGroup {
    return groups.setGroup(this, handle, users);
  }

  deactivate(person: Person): void {
    lives.deactivate(this, person);
  }

  reactivate(person: Person): void {
    lives.reactivate(this, person);
  }

  revokeToken(): void {
    installing.revokeToken(this);
  }

  uninstall(): void {
    installing.uninstall(this);
  }

  restoreToken(): void {
    installing.restoreToken(this);
  }

  reinstall(): void {
    installing.reinstall(this);
  }

  pauseNotifications(person: Person, until: Instant): void {
    lives.pauseNotifications(this, person, until);
  }

  openDirectMessage(one: string, other: string): { channel: Channel; already: boolean } {
    return channels.openDirectMessage(this, one, other);
  }

  postMessage(post: messages.NewMessage): Outcome<WorkspaceMessage> {
    return messages.postMessage(this, post);
  }

  editMessage(edit: messages.MessageEdit): Outcome<WorkspaceMessage> {
    return messages.editMessage(this, edit);
  }

  deleteMessage(target: { channel: string; ts: string; user: string }): Outcome<undefined> {
    return messages.deleteMessage(this, target);
  }

  addReaction(reaction: marks.Reaction): Outcome<undefined> {
    return marks.addReaction(this, reaction);
  }

  removeReaction(reaction: marks.Reaction): Outcome<undefined> {
    return marks.removeReaction(this, reaction);
  }

  addPin(pin: { channel: string; ts: string; user: string }): Outcome<undefined> {
    return marks.addPin(this, pin);
  }

  removePin(pin: { channel: string; ts: string; user: string }): Outcome<undefined> {
    return marks.removePin(this, pin);
  }

  openView(user: string, view: View): Outcome<OpenView> {
    return views.openView(this, user, view);
  }

  pushView(belowId: string, view: View): Outcome<OpenView> {
    return views.pushView(this, belowId, view);
  }

  updateView(viewId: string, view: View, hash?: string): Outcome<OpenView> {
    return views.updateView(this, viewId, view, hash);
  }

  publishHome(user: string, view: View, hash?: string): Outcome<OpenView> {
    return views.publishHome(this, user, view, hash);
  }

  closeView(viewId: string, all?: boolean): void {
    views.closeView(this, viewId, all);
  }

  topView(user: string): OpenView | undefined {
    return views.topView(this, user);
  }

  announceFile(file: { name: string; length: number; user: string }): WorkspaceFile {
    return files.announceFile(this, file);
  }

  receiveBytes(fileId: string, content: Uint8Array): Outcome<WorkspaceFile> {
    return files.receiveBytes(this, fileId, content);
  }

  /** As in events, reads and interaction payloads. */
  messageShape(message: WorkspaceMessage, options?: { metadata?: boolean }): Record<string, unknown> {
    return shapes.messageShape(this, message, options);
  }

  /** As in the `view` of interaction payloads and of views.* answers. */
  viewShape(open: OpenView): Record<string, unknown> {
    return shapes.viewShape(this, open);
  }
}

import type { Bookmark, Channel, WorkspaceMessage } from "./model.ts";
import type { WorkspaceState } from "./state.ts";
import { transcript } from "./transcript.ts";

export interface ChannelView {
  id: string;
  name: string;
  isPrivate: boolean;
  topic: string;
  archived: boolean;
  /** Handles, in the order they came. */
  members: string[];
  /** Without ephemeral ones. */
  messages: readonly WorkspaceMessage[];
  pins: readonly WorkspaceMessage[];
  bookmarks: readonly Bookmark[];
  transcript(): string;
}

export function viewOf(state: WorkspaceState, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    isPrivate: channel.kind === "private",
    topic: channel.topic,
    archived: channel.archived,
    members: [...channel.members].map((id) => state.person(id)?.name ?? id),
    messages: channel.messages.filter((message) => message.onlyFor === undefined),
    pins: channel.pins.flatMap((ts) => state.message(channel.id, ts) ?? []),
    bookmarks: channel.bookmarks,
    transcript: () => transcript(state, channel),
  };
}

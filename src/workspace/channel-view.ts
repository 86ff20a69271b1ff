import type { Channel, WorkspaceMessage } from "./model.ts";
import type { WorkspaceState } from "./state.ts";
import { transcript } from "./transcript.ts";

export interface ChannelView {
  id: string;
  name: string;
  topic: string;
  archived: boolean;
  /** Handles, in the order they came. */
  members: string[];
  /** Without ephemeral ones. */
  messages: readonly WorkspaceMessage[];
  pins: readonly WorkspaceMessage[];
  transcript(): string;
}

export function viewOf(state: WorkspaceState, channel: Channel): ChannelView {
  return {
    id: channel.id,
    name: channel.name,
    topic: channel.topic,
    archived: channel.archived,
    members: [...channel.members].map((id) => state.person(id)?.name ?? id),
    messages: channel.messages.filter((message) => message.onlyFor === undefined),
    pins: channel.pins.flatMap((ts) => state.message(channel.id, ts) ?? []),
    transcript: () => transcript(state, channel),
  };
}

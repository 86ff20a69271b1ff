import type { CommandNamed } from "../command.ts";
import type { Decision } from "../decision.ts";
import type { IncidentEvent } from "../event.ts";
import { type Incident, isOpen } from "../incident.ts";

type Fact = CommandNamed<
  | "NoteChannelOpened"
  | "NoteMessagePosted"
  | "NoteMessageGone"
  | "NoteOutage"
  | "NotePostmortemUploaded"
  | "NotePostmortemShared"
  | "NoteEffectRefused"
>;

/** What Slack gave back has happened, whatever the incident's state: never refused. */
export function note(state: Incident, command: Fact): Decision {
  // Two attempts may find the same message gone; the second must not take away the one that was posted instead.
  const isOld = command.type === "NoteMessageGone" && state.posts[command.slot]?.ts !== command.ts;
  const stops = command.type === "NoteEffectRefused" && isEnd(state, command.key);
  const { at, actor } = command;
  const outage: IncidentEvent[] =
    "outage" in command && command.outage && command.type !== "NoteOutage"
      ? [{ type: "OutageNoted", at, actor, data: command.outage }]
      : [];
  const stopped: IncidentEvent[] = stops
    ? [{ type: "DeclarationStopped", at, actor, data: { sentence: command.sentence } }]
    : [];
  return { events: isOld ? [] : [...outage, eventOf(command), ...stopped], answer: { type: "Noted" } };
}

/** A private incident has its private channel or is none. */
const isEnd = (state: Incident, key: string): boolean =>
  state.private && state.channel === null && isOpen(state) && key.startsWith(`${state.number}:channel:`);

function eventOf(command: Fact): IncidentEvent {
  const { at, actor } = command;
  switch (command.type) {
    case "NoteChannelOpened":
      return { type: "ChannelOpened", at, actor, data: { channel: command.channel, name: command.name } };
    case "NoteMessagePosted": {
      const { slot, channel, ts } = command;
      return { type: "MessagePosted", at, actor, data: { slot, channel, ts } };
    }
    case "NoteMessageGone":
      return { type: "MessageGone", at, actor, data: { slot: command.slot, wanted: command.wanted } };
    case "NoteOutage":
      return { type: "OutageNoted", at, actor, data: command.outage };
    case "NotePostmortemUploaded":
      return { type: "PostmortemUploaded", at, actor, data: { copy: command.copy, file: command.file } };
    case "NotePostmortemShared":
      return { type: "PostmortemShared", at, actor, data: { copy: command.copy } };
    case "NoteEffectRefused": {
      const { key, error, sentence, channel } = command;
      const data = { key, error, sentence, ...(channel !== undefined && { channel }) };
      return { type: "EffectRefused", at, actor, data };
    }
    default:
      return command satisfies never;
  }
}

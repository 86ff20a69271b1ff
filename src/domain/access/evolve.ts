import type { EventOf, IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { type AccessEvent, isAccessEvent } from "./events.ts";
import type { Access, Loss } from "./state.ts";

/** What any event changes here; `state` is the one before it. */
export function evolveAccess(state: Incident, event: IncidentEvent): Partial<Incident> {
  const { access } = state;
  if (isAccessEvent(event)) return changedBy(state, event);
  if (event.type === "IncidentDeclared") return { access: { ...access, closed: event.data.private } };
  const { lost } = access;
  if (event.type === "ChannelAskedAgain" && lost)
    return { access: { ...access, lost: { ...lost, asked: true } } };
  if (event.type === "EffectRefused" && lost && event.data.key.startsWith(`${state.number}:channel:create`))
    return { access: { ...access, lost: { ...lost, asked: false } } };
  return {};
}

function changedBy(state: Incident, event: AccessEvent): Partial<Incident> {
  const { access, channel } = state;
  switch (event.type) {
    case "ChannelArchived":
      return {
        access: lostTo(access, event, {
          why: "archived",
          needed: event.data.needed ?? false,
          since: event.at,
        }),
      };
    case "ChannelLost":
      return { access: lostTo(access, event, event.data) };
    case "ChannelUnarchived":
    case "ChannelFound":
      return { access: found(access, event.at) };
    case "ChannelRenamed":
      return { channel: channel && { ...channel, name: event.data.to } };
    case "ChannelConverted":
      return { access: { ...access, ...converted(state, event) } };
    default:
      return event satisfies never;
  }
}

function lostTo(
  access: Access,
  { at, actor: by }: IncidentEvent,
  { why, needed, since }: { why: Loss; needed: boolean; since: number | null },
): Access {
  const { lost, losses } = access;
  if (lost) return { ...access, lost: { ...lost, why, needed: lost.needed || needed } };
  const first = { why, since: since ?? at, by, needed, asked: false };
  return { ...access, lost: first, losses: losses + 1 };
}

function found(access: Access, at: number): Access {
  const { lost } = access;
  return lost ? { ...access, lost: null, regained: { why: lost.why, since: lost.since, at } } : access;
}

/** Back to what the incident is, it is said until when it was not. */
function converted(
  { access: { conversions }, private: isPrivate }: Incident,
  { at, actor, data: { closed } }: EventOf<"ChannelConverted">,
): Pick<Access, "closed" | "conversions"> {
  const before = conversions.map((each) => ({ ...each, until: each.until ?? at }));
  return {
    closed,
    conversions: closed === isPrivate ? before : [...before, { at, by: actor, until: null }],
  };
}

/** It goes on in another channel: what stood in the one before is out of reach for good. */
export function channelReplaced(
  { access, channel, posts, private: isPrivate }: Incident,
  { at, data }: EventOf<"ChannelOpened">,
): Pick<Incident, "access" | "posts"> {
  if (!channel || channel.id === data.channel) return { access, posts };
  const former = [...access.former, channel.id];
  return {
    access: { ...found(access, at), closed: isPrivate, former },
    posts: Object.fromEntries(Object.entries(posts).filter(([, post]) => post?.channel !== channel.id)),
  };
}

import type { IncidentEvent } from "../event.ts";
import type { Incident } from "../incident.ts";
import { isOfChannel } from "../troubles/state.ts";
import { threadSlotOf } from "./thread.ts";
import { justOpening, type Opening } from "./state.ts";

/** What any event changes here; the last folder's turn, so that `state` has what the others changed. */
export function evolveOpening(state: Incident, event: IncidentEvent): Partial<Incident> {
  const version = event.type === "IncidentDeclared" ? 1 : state.version + 1;
  const { opening, posts } = changed(state, event, version);
  return { opening: { ...opening, topic: topicOf(state, opening.topic, version) }, posts };
}

type Changed = Pick<Incident, "opening" | "posts">;

function changed(state: Incident, event: IncidentEvent, version: number): Changed {
  const { opening, posts } = state;
  const to = (change: Partial<Opening>): Changed => ({ opening: { ...opening, ...change }, posts });
  switch (event.type) {
    case "IncidentDeclared":
      return { opening: { ...justOpening, topic: { ...justOpening.topic, since: 0 } }, posts };
    case "DeclaredIn":
      return to({ declaredIn: event.data.channel });
    case "RespondersInvited":
      return to({ invited: [...opening.invited, ...event.data.users] });
    case "InvitesRefused":
      return to({
        uninvited: [...opening.uninvited, ...event.data.refused.map((each) => ({ ...each, version }))],
      });
    case "SimilarFound":
      return to({ similar: { ...event.data, dismissed: null } });
    case "SimilarDismissed":
      return to({
        similar: opening.similar && { ...opening.similar, dismissed: { at: event.at, by: event.actor } },
      });
    case "ChannelAskedAgain":
      return to({ retries: opening.retries + 1, channelRefused: null });
    case "EffectRefused":
      return isOfChannel(state.number, event.data.key) ? to({ channelRefused: event.data.sentence }) : to({});
    case "EffectRetried":
      return isOfChannel(state.number, event.data.key) ? to({ channelRefused: null }) : to({});
    case "MessagePosted": {
      const { slot, channel, ts } = event.data;
      return slot === threadSlotOf(slot) && !state.channel ? to({ thread: { channel, ts } }) : to({});
    }
    case "MessageGone":
      return event.data.slot === threadSlotOf(event.data.slot) && !state.channel
        ? { opening: { ...opening, thread: null }, posts: without(posts, opening.thread?.channel) }
        : to({});
    case "ChannelOpened":
      return channelOpened(state);
    default:
      return to({});
  }
}

/** The card that stands in the thread is kept, to say where the incident goes on. */
function channelOpened({ opening, posts }: Incident): Changed {
  const { card, ...rest } = posts;
  return { opening, posts: opening.thread && card ? { ...rest, "moved:card": card } : posts };
}

const without = (posts: Incident["posts"], channel: string | undefined): Incident["posts"] =>
  Object.fromEntries(Object.entries(posts).filter(([, post]) => post?.channel !== channel));

function topicOf(
  { severity, provisional, status, roles }: Incident,
  before: Opening["topic"],
  version: number,
): Opening["topic"] {
  const now = { severity, provisional, status, commander: roles.held.commander?.user ?? null };
  const isSame =
    now.severity === before.severity &&
    now.provisional === before.provisional &&
    now.status === before.status &&
    now.commander === before.commander;
  return isSame && before.since > 0 ? before : { ...now, since: version };
}

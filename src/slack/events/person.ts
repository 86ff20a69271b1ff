import { peopleNeeded } from "../../domain/departures/needed.ts";
import { lookAfter, lookAtPerson } from "../../domain/access/looks.ts";
import { watched } from "../access/compare.ts";
import { eventKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";

interface UserChange {
  type: "user_change";
  user: { id: string };
  event_ts?: string | undefined;
}

/**
 * An account was deactivated or is open again: https://docs.slack.dev/reference/events/user_change. It comes with every change of
 * anybody's profile, so that nothing is stored unless an incident needs the person. What it says may be long past, and a role
 * that was taken away by a late one would not come back: Slack is asked what is true.
 */
export async function onUserChange(room: SlackRoom, event: UserChange, eventId: string): Promise<void> {
  const { type, event_ts = eventId } = event;
  const user = event.user.id;
  room.standing.forget(user);
  const { store } = room.handling;
  const incidents = (await watched(store)).filter((incident) => peopleNeeded(incident).includes(user));
  if (incidents.length === 0) return;
  const at = room.clock.now();
  await store.commit({
    at,
    input: { keys: eventKeys(eventId, { type, user, event_ts }), answer: { type: "Noted" } },
    outbox: incidents.map(({ number }) => lookAtPerson(number, user, event_ts, at + lookAfter)),
  });
}

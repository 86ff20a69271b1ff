import { bot } from "../../domain/actor.ts";
import { isOpen } from "../../domain/incident.ts";
import { peopleNeeded } from "../../domain/departures/needed.ts";
import { handle } from "../../handle.ts";
import type { SlackRoom } from "../room.ts";

/**
 * An account was deactivated or is open again: https://docs.slack.dev/reference/events/user_change. It comes with every change of
 * anybody's profile, so that nothing is stored unless an incident needs the person. Told twice it changes nothing.
 */
export async function onUserChange(
  room: SlackRoom,
  { id: user, deleted: gone }: { id: string; deleted: boolean },
): Promise<void> {
  room.standing.forget(user);
  const { store } = room.handling;
  const open = await store.incidents({ open: true });
  const others = gone
    ? []
    : await Promise.all((await store.incidentsHeld()).map((number) => store.incident(number)));
  const at = room.clock.now();
  for (const incident of [...open, ...others.filter((each) => each !== undefined && !isOpen(each))])
    if (incident && (gone ? peopleNeeded(incident).includes(user) : incident.departed[user]))
      await handle(room.handling, {
        type: "NotePerson",
        at,
        actor: bot,
        incident: incident.number,
        user,
        gone,
      });
}

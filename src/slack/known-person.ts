import type { Person } from "../store/port.ts";
import { CallFailed } from "./calls.ts";
import { askPerson } from "./directory.ts";
import type { SlackRoom } from "./room.ts";

/** Somebody who may be met for the first time. Undefined where Slack does not say now who that is: nobody waits for it. */
export async function personOf(room: SlackRoom, user: string): Promise<Person | undefined> {
  const known = (await room.handling.store.people([user])).get(user);
  if (known) return known;
  try {
    return await askPerson({ client: room.interactive, directory: room.directory }, user);
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    room.log.warn({ error: error.failure.error }, "Slack did not say who somebody is");
    return undefined;
  }
}

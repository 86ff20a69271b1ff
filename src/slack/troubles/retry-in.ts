import type { Actor } from "../../domain/actor.ts";
import { handleInput } from "../input.ts";
import { type InputKeys, keysFor } from "../keys.ts";
import { channelName } from "../lookup/channel-name.ts";
import type { SlackRoom } from "../room.ts";
import { refusedElsewhere } from "./refused-elsewhere.ts";

/** A channel is back, or lets Sitrep in: what could not be posted there is tried again, once. */
export async function retryIn(
  room: SlackRoom,
  channel: string,
  actor: Actor,
  keys: InputKeys,
): Promise<void> {
  const concerned = await refusedElsewhere(room.handling.store);
  if (concerned.length === 0) return;
  // The configuration may name it by that.
  const name = await channelName({ client: room.interactive }, channel);
  const known = name === undefined ? [channel] : [channel, name];
  for (const { incident } of concerned)
    await handleInput(
      room,
      { type: "RetryInChannel", at: room.clock.now(), actor, incident: incident.number, channel: known },
      { keys: keysFor(incident.number, keys) },
    );
}

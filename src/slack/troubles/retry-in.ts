import type { Actor } from "../../domain/actor.ts";
import { isLeft } from "../../domain/troubles/state.ts";
import { handleInput } from "../input.ts";
import { type InputKeys, keysFor } from "../keys.ts";
import { channelName } from "../lookup/channel-name.ts";
import type { SlackRoom } from "../room.ts";

/** A channel is back, or lets Sitrep in: what could not be posted there is tried again, once. */
export async function retryIn(
  room: SlackRoom,
  channel: string,
  actor: Actor,
  keys: InputKeys,
): Promise<void> {
  const { store } = room.handling;
  const numbers = new Set((await store.deadEffects()).flatMap(({ incident }) => incident ?? []));
  const incidents = await Promise.all([...numbers].map((number) => store.incident(number)));
  const concerned = incidents
    .filter((incident) => incident !== undefined)
    .filter(
      ({ status, troubles }) =>
        status !== "CLOSED" && troubles.some((each) => isLeft(each) && each.channel !== undefined),
    );
  if (concerned.length === 0) return;
  // The configuration may name it by that.
  const name = await channelName({ client: room.interactive }, channel);
  const known = name === undefined ? [channel] : [channel, name];
  for (const { number } of concerned)
    await handleInput(
      room,
      { type: "RetryInChannel", at: room.clock.now(), actor, incident: number, channel: known },
      { keys: keysFor(number, keys) },
    );
}

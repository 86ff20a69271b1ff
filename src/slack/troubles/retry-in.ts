import { z } from "zod";
import type { Actor } from "../../domain/actor.ts";
import { isLeft } from "../../domain/troubles/state.ts";
import { askFor, CallFailed } from "../calls.ts";
import { handleInput } from "../input.ts";
import { type InputKeys, keysFor } from "../keys.ts";
import type { SlackRoom } from "../room.ts";

const infoSchema = z.object({ channel: z.object({ name: z.string() }) });

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
  const known = [channel, ...(await nameOf(room, channel))];
  for (const { number } of concerned)
    await handleInput(
      room,
      { type: "RetryInChannel", at: room.clock.now(), actor, incident: number, channel: known },
      { keys: keysFor(number, keys) },
    );
}

/** The configuration may name it by that; none where Slack does not say. */
async function nameOf({ interactive }: SlackRoom, channel: string): Promise<string[]> {
  try {
    const { channel: info } = await askFor(
      { client: interactive },
      "conversations.info",
      { channel },
      infoSchema,
    );
    return [info.name];
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return [];
  }
}

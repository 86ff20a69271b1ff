import type { CommandWord } from "../id-shape.ts";
import type { InputKeys } from "../keys.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import type { Offer } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

export async function subscribe(
  room: SlackRoom,
  { user, command, keys }: { user: string; command: CommandWord; keys: InputKeys },
  on: boolean,
): Promise<Message> {
  const { store } = room.handling;
  const was = (await store.subscribers()).includes(user);
  const { kind } = await store.commit({
    at: room.clock.now(),
    input: { keys, answer: { type: "Noted" } },
    ...(was !== on && { subscription: { user, on } }),
  });
  const other = [subscribeOffer(command, on)];
  if (on)
    return reply(
      `${was ? "You get" : "From now on you get"} each update of every incident that you may see as a direct message.`,
      other,
    );
  return reply(
    was || kind === "duplicate"
      ? "You get no more updates by direct message."
      : "You get no updates by direct message, so nothing was changed.",
    other,
  );
}

/** The other of the two. */
export const subscribeOffer = (command: CommandWord, subscribed: boolean): Offer => ({
  label: subscribed ? "Send me no more updates" : "Send me each update",
  press: { do: "Subscribe", on: !subscribed, command },
});

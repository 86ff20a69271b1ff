import type { Asked, RunVerb } from "../commands/asked.ts";
import type { SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

/** Commands of this folder, by their word. */
export const audiencesVerbs: Readonly<Record<string, RunVerb>> = {
  subscribe: { on: "anywhere", run: (room, asked) => subscribe(room, asked, true) },
  unsubscribe: { on: "anywhere", run: (room, asked) => subscribe(room, asked, false) },
};

async function subscribe(room: SlackRoom, { user, command }: Asked, on: boolean): Promise<Message> {
  const { store } = room.handling;
  const was = (await store.subscribers()).includes(user);
  if (was !== on) await store.commit({ at: room.clock.now(), subscription: { user, on } });
  if (on)
    return reply(
      `${was ? "You get" : "From now on you get"} each update of every incident that you may see as a direct message. ${code(`${command} unsubscribe`)} ends it.`,
    );
  return reply(
    was
      ? "You get no more updates by direct message."
      : "You get no updates by direct message, so nothing was changed.",
  );
}

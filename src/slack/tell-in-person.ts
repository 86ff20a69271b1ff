import type { SlackRoom } from "./room.ts";
import type { Message } from "./views/limits.ts";

/** An answer by direct message, where Slack offers no other way: a global shortcut, App Home. It is not repeated. */
export async function tellInPerson(room: SlackRoom, user: string, answer: Message): Promise<void> {
  const client = room.interactive;
  try {
    const { channel } = await client.conversations.open({ users: user });
    if (channel?.id === undefined) throw new Error("conversations.open gave no channel");
    await client.chat.postMessage({
      channel: channel.id,
      ...answer,
      unfurl_links: false,
      unfurl_media: false,
    });
  } catch (error) {
    room.log.warn({ err: error }, "an answer could not be delivered by direct message");
  }
}

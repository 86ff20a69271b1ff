import { type Incident, reference } from "../../domain/incident.ts";
import type { SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

/** Gives the post-mortem as a file: in the incident's channel when asked there, else to the asker alone. */
export async function exportTo(
  room: SlackRoom,
  { channel, user }: { channel: string; user: string },
  incident: Incident,
): Promise<Message> {
  const file = await room.exportPostmortem(incident.number);
  if (!file) return reply(`There is no post-mortem of ${reference(incident)}.`);
  const here = incident.channel?.id === channel;
  try {
    const to = here ? channel : await directMessage(room, user);
    await room.interactive.filesUploadV2({
      channel_id: to,
      filename: file.filename,
      title: file.filename,
      content: file.markdown,
    });
  } catch (error) {
    room.log.warn({ err: error, incident: incident.number }, "a post-mortem could not be uploaded");
    return reply(
      `Slack did not take ${code(file.filename)}. Press to try again; ${code(`sitrep export ${reference(incident)}`)} at a shell gives the same file.`,
      [{ label: "Export", press: { do: "Export", incident: incident.number } }],
    );
  }
  return reply(`${code(file.filename)} is ${here ? "in this channel" : "in your direct messages with me"}.`);
}

async function directMessage(room: SlackRoom, user: string): Promise<string> {
  const opened = await room.interactive.conversations.open({ users: user });
  if (!opened.channel?.id) throw new Error("conversations.open named no channel");
  return opened.channel.id;
}

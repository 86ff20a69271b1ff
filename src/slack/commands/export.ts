import { z } from "zod";
import { type Incident, reference } from "../../domain/incident.ts";
import { post } from "../perform/fetch.ts";
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
    await upload(room, here ? channel : await directMessage(room, user), file);
  } catch (error) {
    room.log.warn({ err: error, incident: incident.number }, "a post-mortem could not be uploaded");
    return reply(
      `Slack did not take ${code(file.filename)}. Press to try again; ${code(`sitrep export ${reference(incident)}`)} at a shell gives the same file.`,
      [{ label: "Export", press: { do: "Export", incident: incident.number } }],
    );
  }
  return reply(`${code(file.filename)} is ${here ? "in this channel" : "in your direct messages with me"}.`);
}

const uploadSchema = z.object({ upload_url: z.string(), file_id: z.string() });

/** @throws when any of its three steps fails; a file that was not completed is dropped by Slack */
async function upload(
  room: SlackRoom,
  channel: string,
  { filename, markdown }: { filename: string; markdown: string },
): Promise<void> {
  const client = room.interactive;
  const place = await client.files.getUploadURLExternal({ filename, length: Buffer.byteLength(markdown) });
  const { upload_url: url, file_id: id } = uploadSchema.parse(place);
  const headers = { "content-type": "application/octet-stream" };
  const status = await post(room, "upload", url, { headers, body: markdown });
  if (status !== 200) throw new Error(`the upload was answered with ${status}`);
  await client.files.completeUploadExternal({ files: [{ id, title: filename }], channel_id: channel });
}

async function directMessage({ interactive: client }: SlackRoom, user: string): Promise<string> {
  const opened = await client.conversations.open({ users: user });
  if (!opened.channel?.id) throw new Error("conversations.open named no channel");
  return opened.channel.id;
}

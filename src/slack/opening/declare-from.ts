import { z } from "zod";
import type { SourceMessage } from "../../domain/opening/source.ts";
import { askFor, CallFailed } from "../calls.ts";
import { openDeclare, openForm } from "../modals/open.ts";
import { namesIn, type SlackRoom } from "../room.ts";
import { plain } from "../text.ts";
import type { RunMessageShortcut, ShortcutMessage } from "../used-shortcut.ts";
import { limits, shorten, shortenEncoded } from "../views/limits.ts";
import { takeAlongForm } from "./take-along.ts";

/** The message shortcut *Declare incident*: the message becomes the first entry, if everybody may read it. */
export const declareFromMessage: RunMessageShortcut = async (room, { triggerId, message }) => {
  const source = portable(message);
  const { channel } = message;
  if (await isPublic(room, channel))
    return openDeclare(room, { command: "/incident", triggerId, channel }, await filledFrom(room, source));
  return openForm(room, triggerId, takeAlongForm(source), {
    label: "Declare without the message",
    press: { do: "OpenDeclare", command: "/incident" },
  });
};

/** What the form is prefilled with. */
export async function filledFrom(room: SlackRoom, source: SourceMessage) {
  const read = plain(source.text, await namesIn(room, source.text));
  const [line = ""] = read.split("\n").filter((each) => each.trim() !== "");
  return { source, ...(line !== "" && { title: shorten(line.trim(), limits.declaredTitle, "…") }) };
}

/** What a form carries unseen: https://docs.slack.dev/reference/views/modal-views */
const metadataMax = 3000;
const metadataOfForms = 300;

/** The message as far as a form can carry it; what was cut says so, and the permalink leads to the rest. */
function portable({ channel, ts, threadTs, author, text, files }: ShortcutMessage): SourceMessage {
  const sizeOf = (source: SourceMessage) => JSON.stringify(source).length;
  let source: SourceMessage = {
    channel,
    ts,
    threadTs,
    author,
    text,
    files: files.slice(0, 5).map((name) => shorten(name, 80)),
  };
  while (sizeOf(source) > metadataMax - metadataOfForms) {
    const tooLong = sizeOf(source) - (metadataMax - metadataOfForms);
    source = { ...source, text: shortenEncoded(source.text, Math.max(0, source.text.length - tooLong)) };
  }
  return source;
}

const infoSchema = z.object({
  channel: z.object({
    is_private: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
});

/** Whether everybody in the workspace can read what stands in a channel. Where Slack does not say, they cannot. */
async function isPublic(room: SlackRoom, channel: string): Promise<boolean> {
  if (!channel.startsWith("C")) return false;
  try {
    const client = room.interactive;
    const { channel: info } = await askFor({ client }, "conversations.info", { channel }, infoSchema);
    return !info.is_private && !info.is_im && !info.is_mpim;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    return false;
  }
}

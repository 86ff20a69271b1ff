import { z } from "zod";
import { isOpen, reference } from "../../domain/incident.ts";
import { askFor, CallFailed, isRefusal } from "../calls.ts";
import type { SlackRoom } from "../room.ts";

/** A channel in which an incident can be opened. */
export interface Here {
  channel: string;
  name: string;
  isPrivate: boolean;
}

const infoSchema = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_private: z.boolean().optional(),
    is_member: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
});

const inPerson =
  "An incident needs a channel, and this is a direct message: declare it without `--here`, or in a channel.";
const notInvited =
  "I am not in this private channel, so I could record nothing: invite me with `/invite @Sitrep`, then declare it again.";

/** What kind of channel somebody wants an incident in, or why there can be none. */
export async function hereOf(room: SlackRoom, channel: string): Promise<Here | { fault: string }> {
  // https://docs.slack.dev/reference/objects/conversation-object: direct messages have ids of their own.
  if (!/^[CG]/.test(channel)) return { fault: inPerson };
  const info = await infoOf(room, channel);
  if ("fault" in info) return info;
  const { name, is_private, is_member, is_archived, is_im, is_mpim } = info;
  if (is_im === true || is_mpim === true || name === undefined) return { fault: inPerson };
  if (is_archived === true) return { fault: "This channel is archived, so nothing can be opened in it." };
  if (is_private === true && is_member === false) return { fault: notInvited };
  const { store } = room.handling;
  const there = await store.incidentOfChannel(channel);
  const incident = there === undefined ? undefined : await store.incident(there);
  if (incident && isOpen(incident))
    return {
      fault: `${reference(incident)} is open in this channel already, so nothing was declared. Without \`--here\` the new one gets a channel of its own.`,
    };
  return { channel, name, isPrivate: is_private === true };
}

type Info = z.infer<typeof infoSchema>["channel"];

async function infoOf({ interactive, log }: SlackRoom, channel: string): Promise<Info | { fault: string }> {
  try {
    return (await askFor({ client: interactive }, "conversations.info", { channel }, infoSchema)).channel;
  } catch (error) {
    if (isRefusal(error, "channel_not_found")) return { fault: notInvited };
    // Group messages have a scope of their own, which Sitrep does without.
    if (isRefusal(error, "missing_scope")) return { fault: inPerson };
    if (!(error instanceof CallFailed)) throw error;
    log.warn({ error: error.failure.error }, "Slack did not say what channel an incident was declared in");
    return {
      fault: "Slack does not say what kind of channel this is just now, so nothing was declared. Try again.",
    };
  }
}

/** What opening an incident in a channel means for it. */
export const whatHappens = ({ name, isPrivate }: Here): string =>
  `Everything said in #${name} is recorded from then on, and its last 60 minutes go on the timeline. The channel keeps its name.${isPrivate ? " It is private, so the incident is private as well." : ""}`;

/** In a private channel it is private whatever was asked; a public channel has no room for a private one. */
export const publicFault =
  "A private incident cannot be opened in a public channel, where everybody can read it. Without `--here` it gets a private one.";

import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { ask, askFor, isRefusal } from "../calls.ts";
import { asMember } from "./membership.ts";
import { opened, skipped, type Stage } from "./stage.ts";

const infoSchema = z.object({
  channel: z.object({ creator: z.string().optional(), is_archived: z.boolean().optional() }),
});

/** A channel that somebody else created is never archived. */
export async function archiveChannel(
  stage: Stage,
  { incident: number }: EffectNamed<"ArchiveChannel">,
): Promise<Performed> {
  const place = await opened(stage, number);
  if ("why" in place) return skipped(place.why);
  const { archiving } = place.incident.ending;
  if (place.incident.access.lost) return skipped("the channel is out of reach");
  if (!archiving?.due || archiving.kept) return skipped("the channel is kept");
  const { channel } = await askFor(stage, "conversations.info", { channel: place.channel }, infoSchema);
  if (channel.creator !== stage.auth.botUserId) return skipped("somebody else created the channel");
  if (!channel.is_archived) {
    try {
      await asMember(stage, place.channel, "granted", () =>
        ask(stage, "conversations.archive", { channel: place.channel }),
      );
    } catch (error) {
      if (!isRefusal(error, "already_archived")) throw error;
    }
  }
  const at = stage.clock.now();
  return {
    as: "done",
    result: {
      type: "NoteChannel",
      at,
      actor: bot,
      incident: number,
      channel: place.channel,
      seen: { lost: "archived" },
    },
  };
}

import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { ask, askFor } from "../calls.ts";
import { skipped, type Stage } from "./stage.ts";

const infoSchema = z.object({ channel: z.object({ name: z.string(), is_member: z.boolean().optional() }) });

/** A private channel that the bot is not in does not exist for it: Slack answers `channel_not_found`. */
export async function enterChannel(
  stage: Stage,
  { incident: number, channel }: EffectNamed<"EnterChannel">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  if (incident?.channel) return skipped("the channel is there");
  const info = await askFor(stage, "conversations.info", { channel }, infoSchema);
  if (info.channel.is_member !== true) await ask(stage, "conversations.join", { channel });
  stage.joined.add(channel);
  const at = stage.clock.now();
  const { name } = info.channel;
  return {
    as: "done",
    result: { type: "NoteChannelOpened", at, actor: bot, incident: number, channel, name },
  };
}

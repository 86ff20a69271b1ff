import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import { topicOf } from "../../domain/policy/topic.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { plain } from "../text.ts";
import { askFor, ask } from "../calls.ts";
import { opened, skipped, type Stage } from "./stage.ts";

const infoSchema = z.object({ channel: z.object({ topic: z.object({ value: z.string() }).optional() }) });

/** Every change of a topic posts a message, so that only one that reads otherwise is made. */
export async function setTopic(
  stage: Stage,
  { incident: number }: EffectNamed<"SetTopic">,
): Promise<Performed> {
  const place = await opened(stage, number);
  if ("why" in place) return skipped(place.why);
  const { channel } = await askFor(stage, "conversations.info", { channel: place.channel }, infoSchema);
  const now = channel.topic?.value ?? "";
  const commander = place.incident.roles.held.commander?.user;
  const person = commander === undefined ? undefined : (await stage.store.people([commander])).get(commander);
  const topic = topicOf(place.incident, person?.name ?? commander, plain(now, new Map()));
  if (topic === plain(now, new Map())) return skipped("the topic stands as it should");
  await ask(stage, "conversations.setTopic", { channel: place.channel, topic });
  return { as: "done" };
}

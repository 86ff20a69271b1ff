import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import { topicOf } from "../../domain/policy/topic.ts";
import { mentionsIn } from "../../domain/words.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { namesOf } from "../names.ts";
import { plain } from "../text.ts";
import { ask, askFor } from "../calls.ts";
import { strangerOf } from "./learn-person.ts";
import { asMember } from "./membership.ts";
import { opened, skipped, type Stage } from "./stage.ts";

const infoSchema = z.object({ channel: z.object({ topic: z.object({ value: z.string() }).optional() }) });

/** Every change of a topic posts a message, so that only one that reads otherwise is made. */
export async function setTopic(
  stage: Stage,
  { incident: number }: EffectNamed<"SetTopic">,
): Promise<Performed> {
  if (!stage.rules.channels.topic) return skipped("topics are switched off");
  const place = await opened(stage, number);
  if ("why" in place) return skipped(place.why);
  const { channel } = place;
  const info = await askFor(stage, "conversations.info", { channel }, infoSchema);
  const stored = info.channel.topic?.value ?? "";
  const commander = place.incident.opening.topic.commander;
  const names = await namesOf(stage.store, [...mentionsIn(stored), ...(commander ? [commander] : [])]);
  const before = plain(stored, names);
  const topic = topicOf(place.incident, commander && (await nameOf(stage, commander, names)), before);
  if (topic === null) return skipped("what people wrote leaves no room");
  if (topic === before.trim()) return skipped("the topic stands as it should");
  await asMember(stage, channel, "own", () => ask(stage, "conversations.setTopic", { channel, topic }));
  return { as: "done" };
}

const nameOf = async (stage: Stage, user: string, names: ReadonlyMap<string, string>): Promise<string> =>
  names.get(user) ?? (await strangerOf(stage, user))?.name ?? user;

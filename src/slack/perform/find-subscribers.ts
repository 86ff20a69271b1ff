import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import { isVisibleTo } from "../../domain/policy/visibility.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { skipped, type Stage } from "./stage.ts";

/** Those who asked for every update and may see the incident. */
export async function findSubscribers(
  stage: Stage,
  { incident: number, n }: EffectNamed<"FindSubscribers">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  if (!incident) return skipped("the incident is not there");
  const own = new Set(incident.channel ? [incident.channel.id] : []);
  const users = (await stage.store.subscribers()).filter((user) => {
    const channels = user in incident.presence.members ? own : new Set<string>();
    return isVisibleTo(incident, { kind: "person", user, channels });
  });
  if (users.length === 0) return skipped("nobody asked for every update");
  const at = stage.clock.now();
  return { as: "done", result: { type: "NoteSubscribers", at, actor: bot, incident: number, n, users } };
}

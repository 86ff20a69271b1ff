import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import { isVisibleTo } from "../../domain/policy/visibility.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { membersOf } from "../lookup/members.ts";
import { skipped, type Stage } from "./stage.ts";

/** Those who asked for every update and may see the incident. */
export async function findSubscribers(
  stage: Stage,
  { incident: number, n }: EffectNamed<"FindSubscribers">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  if (!incident) return skipped("the incident is not there");
  const subscribers = await stage.store.subscribers();
  const own = new Set(incident.channel ? [incident.channel.id] : []);
  // Slack is asked, since somebody may have left a private channel unheard.
  const there =
    incident.private && incident.channel && subscribers.length > 0
      ? await membersOf(stage, incident.channel.id)
      : new Set<string>();
  const users = subscribers.filter((user) => {
    const channels = there.has(user) ? own : new Set<string>();
    return isVisibleTo(incident, { kind: "person", user, channels });
  });
  if (users.length === 0) return skipped("nobody asked for every update");
  const at = stage.clock.now();
  return { as: "done", result: { type: "NoteSubscribers", at, actor: bot, incident: number, n, users } };
}

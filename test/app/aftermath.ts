import type { World } from "./world.ts";

/**
 * What is wrong once all has come to rest: a message of ours that stands twice or was lost, an outbox that does not drain,
 * anything at which the workspace complained. Empty when all is well.
 */
export async function aftermath(
  world: { ws: World["ws"]; app: Pick<World["app"], "store" | "isIdle"> },
  { dead = 0, held = 0 }: { dead?: number; held?: number } = {},
): Promise<string[]> {
  const { ws, app } = world;
  await ws.settle();
  const found = [...ws.state.loud];
  const own = [...ws.state.channels.values()].flatMap(({ messages }) => messages);
  const keys = own.flatMap(({ metadata }) => (metadata ? [String(metadata.event_payload["key"])] : []));
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (twice.length > 0) found.push(`posted twice: ${twice.join()}`);
  for (const incident of await app.store.incidents()) {
    for (const [slot, post] of Object.entries(incident.posts))
      if (post && !ws.state.message(post.channel, post.ts))
        found.push(`not in Slack: ${incident.number}:${slot}`);
    const { channel } = incident;
    if (channel && !incident.posts["card"]) found.push(`${incident.number} has no card`);
  }
  const counts = await app.store.outboxCounts(ws.clock.now());
  if (counts.claimed !== 0 || counts.oldestDue !== null || counts.pending !== 0)
    found.push(`not drained: ${JSON.stringify(counts)}`);
  if (counts.dead !== dead) found.push(`${counts.dead} effects are dead instead of ${dead}`);
  if (counts.held !== held) found.push(`${counts.held} effects are held instead of ${held}`);
  if (!app.isIdle()) found.push("not idle");
  return found;
}

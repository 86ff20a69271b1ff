import { z } from "zod";
import { pages } from "../calls.ts";
import type { Stage } from "../perform/stage.ts";
import { through } from "./through.ts";

const nameMax = 80;

/** `inc-7`, then `inc-7-2`, `inc-7-3`, within Slack's length. */
export function suffixed(name: string, n: number): string {
  const suffix = n === 1 ? "" : `-${n}`;
  return name.slice(0, nameMax - suffix.length) + suffix;
}

const channelsSchema = z.object({
  channels: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      previous_names: z.array(z.string()).optional(),
      creator: z.string().optional(),
      created: z.number().optional(),
    }),
  ),
});

/**
 * A channel that we created since then under this name or a suffixed one, and that is no other incident's; also one that somebody
 * has renamed already.
 */
export async function ownChannel(
  stage: Stage,
  key: string,
  wanted: string,
  names: number,
  since: number,
): Promise<{ id: string; name: string } | undefined> {
  const possible = new Set(Array.from({ length: names }, (_, index) => suffixed(wanted, index + 1)));
  const args = { types: "public_channel,private_channel", exclude_archived: true, limit: 999 };
  return through(
    stage.trails,
    key,
    (trail) => pages(stage, "users.conversations", args, channelsSchema, Infinity, trail),
    async ({ channels }) => {
      for (const { id, name, previous_names: before = [], creator, created = 0 } of channels) {
        // Slack tells whole seconds.
        const isOurs = creator === stage.auth.botUserId && created >= Math.floor(since / 1000);
        const isNamedSo = [name, ...before].some((each) => possible.has(each));
        if (isOurs && isNamedSo && (await stage.store.incidentOfChannel(id)) === undefined)
          return { id, name };
      }
      return undefined;
    },
  );
}

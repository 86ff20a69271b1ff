import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { askFor, CallFailed, isRefusal, pages } from "./calls.ts";

/** What Slack says of people: who belongs to the workspace, and who is in which private channel. */
export interface Standing {
  /** False for guests, and for people of other workspaces, met in shared channels. */
  isColleague: (user: string) => Promise<boolean>;
  /** Something about them has changed: they are asked for anew. */
  forget: (user: string) => void;
  /** Ids of the private channels that she shares with the bot; none where Slack does not say. */
  privateChannels: (user: string) => Promise<ReadonlySet<string>>;
}

interface StandingOptions {
  client: WebClient;
  clock: Clock;
  log: Pick<Log, "warn">;
  teamId: string;
}

const personSchema = z.object({
  user: z.object({
    team_id: z.string().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  }),
});
const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string() })) });
const mostPages = 25;

/** What was asked holds so long. */
const remembered = 10 * 60_000;
const mostRemembered = 1000;

export function standingIn({ client, clock, log, teamId }: StandingOptions): Standing {
  const known = new Map<string, { colleague: boolean; until: number }>();

  async function isColleague(user: string): Promise<boolean> {
    const before = known.get(user);
    if (!before) return learn(user);
    if (before.until > clock.now()) return before.colleague;
    // Whoever was a colleague is not kept waiting: Slack tells when that ends, and is asked besides.
    if (!before.colleague) return learn(user);
    before.until = clock.now() + remembered;
    void learn(user);
    return true;
  }

  async function learn(user: string): Promise<boolean> {
    try {
      const colleague = await askColleague(user);
      if (known.size >= mostRemembered) known.clear();
      known.set(user, { colleague, until: clock.now() + remembered });
      return colleague;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      // Whoever wants to stop an outage is not kept waiting for Slack to say who she is.
      log.warn(
        { error: error.failure.error },
        "Slack did not say whether somebody is a guest; taken for none",
      );
      return true;
    }
  }

  async function askColleague(id: string): Promise<boolean> {
    try {
      const { user } = await askFor({ client }, "users.info", { user: id }, personSchema);
      const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
      const teams = [
        ...(user.team_id === undefined ? [] : [user.team_id]),
        ...(user.enterprise_user?.teams ?? []),
      ];
      const isForeign = teams.length > 0 && !teams.includes(teamId);
      return !isGuest && !isForeign && user.is_stranger !== true;
    } catch (error) {
      if (isRefusal(error, "user_not_found", "user_not_visible")) return false;
      throw error;
    }
  }

  /** Slack lists the private channels of somebody else only where the bot is in them too. */
  async function privateChannels(user: string): Promise<ReadonlySet<string>> {
    const args = { user, types: "private_channel", limit: 200 };
    const found = new Set<string>();
    try {
      for await (const { channels } of pages(
        { client },
        "users.conversations",
        args,
        channelsSchema,
        mostPages,
      ))
        for (const { id } of channels) found.add(id);
      return found;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      log.warn({ error: error.failure.error }, "Slack did not say which private channels somebody is in");
      return new Set();
    }
  }

  return { isColleague, forget: (user) => void known.delete(user), privateChannels };
}

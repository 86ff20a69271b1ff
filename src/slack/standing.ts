import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { askFor, CallFailed, isRefusal, pages } from "./calls.ts";

/** What Slack says of people: who belongs to the workspace, and who is in which private channel. */
export interface Standing {
  /** False for guests, and for people of other workspaces, met in shared channels. */
  isColleague: (user: string) => Promise<boolean>;
  /** Learns who is a colleague before anybody asks, as far as Slack tells at one go. */
  learnEverybody: () => Promise<void>;
  /** Something about them has changed: they are asked for anew. */
  forget: (user: string) => void;
  /** Ids of the private channels that she shares with the bot; none where Slack does not say. */
  privateChannels: (user: string) => Promise<ReadonlySet<string>>;
}

interface StandingOptions {
  client: WebClient;
  clock: Clock;
  log: Pick<Log, "warn" | "error">;
  teamId: string;
}

const userSchema = z.object({
  team_id: z.string().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
});
type User = z.infer<typeof userSchema>;
const personSchema = z.object({ user: userSchema });
const everybodySchema = z.object({ members: z.array(userSchema.extend({ id: z.string() })) });
const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string() })) });
const mostPages = 25;

/** What was asked holds so long. */
const remembered = 10 * 60_000;
const mostRemembered = 20_000;
/** Of so many people each, as many as Slack gives within a minute. */
const everybody = { page: 1000, pages: 20 };

export function standingIn({ client, clock, log, teamId }: StandingOptions): Standing {
  const known = new Map<string, { colleague: boolean; until: number }>();
  /** Since everybody was asked for: what is read of them may be older. */
  const changed = new Set<string>();

  async function isColleague(user: string): Promise<boolean> {
    const before = known.get(user);
    if (!before) return learn(user);
    if (before.until > clock.now()) return before.colleague;
    // Whoever was a colleague is not kept waiting: Slack tells when that ends, and is asked besides.
    if (!before.colleague) return learn(user);
    before.until = clock.now() + remembered;
    learn(user).catch((err: unknown) =>
      log.error({ err }, "it could not be asked whether somebody is a guest"),
    );
    return true;
  }

  function remember(user: string, colleague: boolean): boolean {
    if (known.size >= mostRemembered) known.clear();
    known.set(user, { colleague, until: clock.now() + remembered });
    return colleague;
  }

  async function learn(user: string): Promise<boolean> {
    try {
      return remember(user, await askColleague(user));
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
      return belongs(user, teamId);
    } catch (error) {
      if (isRefusal(error, "user_not_found", "user_not_visible")) return false;
      throw error;
    }
  }

  async function learnEverybody(): Promise<void> {
    const limit = everybody.page;
    changed.clear();
    try {
      for await (const { members } of pages(
        { client },
        "users.list",
        { limit },
        everybodySchema,
        everybody.pages,
      ))
        for (const member of members)
          if (!known.has(member.id) && !changed.has(member.id)) remember(member.id, belongs(member, teamId));
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      log.warn(
        { error: error.failure.error },
        "Slack did not say who is in the workspace; asked for one by one",
      );
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

  function forget(user: string): void {
    known.delete(user);
    changed.add(user);
  }

  return { isColleague, learnEverybody, forget, privateChannels };
}

function belongs(user: User, teamId: string): boolean {
  const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
  const teams = [
    ...(user.team_id === undefined ? [] : [user.team_id]),
    ...(user.enterprise_user?.teams ?? []),
  ];
  const isForeign = teams.length > 0 && !teams.includes(teamId);
  return !isGuest && !isForeign && user.is_stranger !== true;
}

import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { CallFailed, pages } from "./calls.ts";
import { askUser, belongs, type Directory } from "./directory.ts";

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
  directory: Pick<Directory, "find" | "forget" | "isFresh">;
  clock: Clock;
  log: Pick<Log, "warn" | "error">;
  teamId: string;
}

const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string() })) });
const mostPages = 25;

/** What was asked holds so long. */
const remembered = 10 * 60_000;
const mostRemembered = 1000;

export function standingIn({ client, directory, clock, log, teamId }: StandingOptions): Standing {
  const known = new Map<string, { colleague: boolean; until: number }>();
  /** By whom it is about, the question that is under way: forgotten, its answer may be older than what made it so. */
  const asking = new Map<string, object>();

  async function isColleague(user: string): Promise<boolean> {
    const before = known.get(user) ?? listed(user);
    if (!before) return learn(user);
    if (before.until > clock.now()) return before.colleague;
    // Whoever was a colleague is not kept waiting: Slack tells when that ends, and is asked besides.
    if (!before.colleague) return learn(user);
    remember(user, true);
    learn(user).catch((err: unknown) =>
      log.error({ err }, "it could not be asked whether somebody is a guest"),
    );
    return true;
  }

  function listed(user: string): { colleague: boolean; until: number } | undefined {
    const found = directory.find(user);
    return found && { colleague: belongs(found, teamId), until: directory.isFresh ? Infinity : -Infinity };
  }

  function remember(user: string, colleague: boolean): boolean {
    if (known.size >= mostRemembered) known.clear();
    known.set(user, { colleague, until: clock.now() + remembered });
    return colleague;
  }

  async function learn(user: string): Promise<boolean> {
    const question = {};
    asking.set(user, question);
    try {
      const asked = await askUser({ client }, user);
      const colleague = asked !== undefined && belongs(asked, teamId);
      return asking.get(user) === question ? remember(user, colleague) : colleague;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      // Whoever wants to stop an outage is not kept waiting for Slack to say who she is. What it says in words that nobody knows
      // may be that she is a guest.
      const isAnswered = error.cause instanceof z.ZodError;
      log.warn(
        { error: error.failure.error },
        `Slack did not say whether somebody is a guest; taken for ${isAnswered ? "one" : "none"}`,
      );
      return !isAnswered;
    } finally {
      if (asking.get(user) === question) asking.delete(user);
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
    asking.delete(user);
    directory.forget(user);
  }

  return { isColleague, forget, privateChannels };
}

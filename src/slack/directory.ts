import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Person } from "../store/port.ts";
import { askFor, CallFailed, isRefusal, pages } from "./calls.ts";

/** As much as is needed of what https://docs.slack.dev/reference/objects/user-object has. */
export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  real_name: z.string().optional(),
  profile: z.object({ display_name: z.string().optional() }).optional(),
  is_bot: z.boolean().optional(),
  team_id: z.string().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
});
export type User = z.infer<typeof userSchema>;

const oneSchema = z.object({ user: userSchema });
const pageSchema = z.object({ members: z.array(userSchema) });

/** What was read holds so long. */
const holds = 10 * 60_000;
/** Of so many people each: as many as Slack gives within a minute. */
const list = { page: 1000, pages: 20 };

interface DirectoryOptions {
  client: WebClient;
  clock: Clock;
  log: Pick<Log, "warn">;
}

/** Who is in the workspace, read at one go when Sitrep starts: whoever acts first need not be asked for. */
export class Directory {
  readonly #options: DirectoryOptions;
  readonly #users = new Map<string, User>();
  /** Since the list was asked for: what it says of them may be older. */
  readonly #changed = new Set<string>();
  #until = Number.NEGATIVE_INFINITY;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /** As far as Slack tells; the rest are asked for one by one. */
  async read(): Promise<void> {
    const { client, clock, log } = this.#options;
    this.#changed.clear();
    this.#until = clock.now() + holds;
    try {
      for await (const { members } of pages(
        { client },
        "users.list",
        { limit: list.page },
        pageSchema,
        list.pages,
      ))
        for (const user of members) if (!this.#changed.has(user.id)) this.#users.set(user.id, user);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      log.warn(
        { error: error.failure.error },
        "Slack did not say who is in the workspace; asked for one by one",
      );
    }
  }

  find(id: string): User | undefined {
    if (this.#options.clock.now() >= this.#until) this.#users.clear();
    return this.#users.get(id);
  }

  forget(id: string): void {
    this.#users.delete(id);
    this.#changed.add(id);
  }
}

/** Whom Slack is asked for, unless the directory knows. */
export interface Asker {
  client: WebClient;
  directory?: Pick<Directory, "find"> | undefined;
}

/** Undefined where Slack shows no such person. @throws CallFailed */
export async function askUser({ client, directory }: Asker, id: string): Promise<User | undefined> {
  const listed = directory?.find(id);
  if (listed) return listed;
  try {
    return (await askFor({ client }, "users.info", { user: id }, oneSchema)).user;
  } catch (error) {
    if (isRefusal(error, "user_not_found", "user_not_visible")) return undefined;
    throw error;
  }
}

/** Undefined where Slack shows no such person. @throws CallFailed */
export async function askPerson(asker: Asker, id: string): Promise<Person | undefined> {
  const user = await askUser(asker, id);
  if (!user) return undefined;
  // An empty display name is what people have who never set one.
  const name = [user.profile?.display_name, user.real_name].find((each) => each) ?? user.name;
  return { id, name, isBot: user.is_bot === true };
}

/** No guest, and of this workspace. */
export function belongs(user: User, teamId: string): boolean {
  const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
  const teams = [
    ...(user.team_id === undefined ? [] : [user.team_id]),
    ...(user.enterprise_user?.teams ?? []),
  ];
  const isForeign = teams.length > 0 && !teams.includes(teamId);
  return !isGuest && !isForeign && user.is_stranger !== true;
}

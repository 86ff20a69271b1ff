import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Person } from "../store/port.ts";
import { askFor, type Caller, CallFailed, isRefusal, pages } from "./calls.ts";

const told = z.string().nullish().catch(undefined);
const flag = z.boolean().nullish();

/**
 * As much as is needed of what https://docs.slack.dev/reference/objects/user-object has. A name that cannot be read must not
 * hide whether somebody is a guest.
 */
const userSchema = z.object({
  id: z.string(),
  name: z.string().catch(""),
  real_name: told,
  profile: z.object({ display_name: told }).nullish().catch(undefined),
  deleted: flag,
  is_bot: flag,
  team_id: z.string().nullish(),
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
});
export type User = z.infer<typeof userSchema>;

const oneSchema = z.object({ user: userSchema });
const pageSchema = z.object({ members: z.array(z.unknown()) });

/** Names are taken from it so long; after that whoever acts first is asked for. */
const isFreshFor = 10 * 60_000;
/** Of so many people each: as many as Slack gives within a minute. */
const reading = { limit: 1000, pages: 20 };

interface DirectoryOptions {
  client: WebClient;
  clock: Clock;
  log: Pick<Log, "warn">;
}

/** Who is in the workspace, read at one go when Sitrep starts and after a gap: whoever acts first need not be asked for. */
export class Directory {
  readonly #options: DirectoryOptions;
  readonly #users = new Map<string, User>();
  /** Since the list was asked for: what it says of them may be older. */
  readonly #changed = new Set<string>();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /** As far as Slack tells until `signal` aborts; the rest are asked for one by one. Not again while it is fresh. */
  async read(signal: AbortSignal): Promise<void> {
    const { client, clock, log } = this.#options;
    if (this.isFresh || signal.aborted) return;
    this.#changed.clear();
    this.#readAt = clock.now();
    try {
      const { limit, pages: most } = reading;
      for await (const { members } of pages({ client }, "users.list", { limit }, pageSchema, most)) {
        for (const member of members) this.#note(member);
        if (signal.aborted) return;
      }
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      log.warn(
        { error: error.failure.error },
        "Slack did not say who is in the workspace; asked for one by one",
      );
    }
  }

  /** What stands there was read lately. */
  get isFresh(): boolean {
    const age = this.#options.clock.now() - this.#readAt;
    return age >= 0 && age < isFreshFor;
  }

  find(id: string): User | undefined {
    return this.#users.get(id);
  }

  forget(id: string): void {
    this.#users.delete(id);
    this.#changed.add(id);
  }

  #note(member: unknown): void {
    const { data: user } = userSchema.safeParse(member);
    if (user && !this.#changed.has(user.id)) this.#users.set(user.id, user);
  }
}

/** @throws CallFailed; undefined where Slack shows no such person */
export async function askUser(caller: Caller, id: string): Promise<User | undefined> {
  try {
    return (await askFor(caller, "users.info", { user: id }, oneSchema)).user;
  } catch (error) {
    if (isRefusal(error, "user_not_found", "user_not_visible")) return undefined;
    throw error;
  }
}

/** Whom Slack is asked for, unless a fresh directory knows. */
export interface Asker extends Caller {
  directory?: Pick<Directory, "find" | "isFresh"> | undefined;
}

/** @throws CallFailed; undefined where Slack shows no such person */
export async function askPerson(asker: Asker, id: string): Promise<Person | undefined> {
  const { directory } = asker;
  const user = (directory?.isFresh && directory.find(id)) || (await askUser(asker, id));
  if (!user) return undefined;
  // An empty display name is what people have who never set one.
  const name = [user.profile?.display_name, user.real_name, user.name].find((each) => each) ?? id;
  return { id, name, isBot: user.is_bot === true };
}

/** No guest, and of this workspace. */
export function belongs(user: User, teamId: string): boolean {
  const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
  const teams = [...(user.team_id ? [user.team_id] : []), ...(user.enterprise_user?.teams ?? [])];
  const isForeign = teams.length > 0 && !teams.includes(teamId);
  return !isGuest && !isForeign && user.is_stranger !== true;
}

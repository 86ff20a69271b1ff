import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { endsWithin, wireNow } from "../clock.ts";
import { type SlackName, slackNames } from "../domain/policy/slack-names.ts";
import type { Rules } from "../domain/rules.ts";
import type { Log } from "../log.ts";
import { ask, askFor, CallFailed, isRefusal, pages } from "./calls.ts";
import { askUser } from "./directory.ts";
import { patience } from "./reach.ts";

/** What the configuration names and Slack does not have: it is skipped, so people must hear of it. */
export interface ConfigurationWarning {
  key: string;
  name: string;
  /** A sentence, with what to do. */
  says: string;
}

interface Needs {
  client: WebClient;
  rules: Rules;
  log: Pick<Log, "warn" | "info">;
}

/** Wire ms after which somebody who asks has it looked up again: people mend what was wrong. */
const freshFor = 10 * 60_000;

/** Looks in Slack for what the configuration names. It stops nothing: what is not there is warned of and skipped. */
export class ConfigurationCheck {
  readonly #needs: Needs;
  readonly #found = new Map<SlackName["kind"], readonly ConfigurationWarning[]>();
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | undefined;
  #stopped = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Looks, unless that was done lately, and waits for it as long as somebody may be kept waiting. */
  async refresh(): Promise<void> {
    if (!this.#checking && !this.#stopped && wireNow() - this.#checkedAt >= freshFor) {
      this.#checkedAt = wireNow();
      this.#checking = this.#check().finally(() => (this.#checking = undefined));
    }
    if (this.#checking) await endsWithin(patience, this.#checking);
  }

  warnings(): readonly ConfigurationWarning[] {
    return [...this.#found.values()].flat();
  }

  /** For a person who asks how the bot is. */
  says(): string {
    const list = this.warnings().map(({ key, says }) => `${key}: ${says}`);
    return list.length === 0 ? "nothing is known to be wrong with it" : list.join("; ");
  }

  /** What is under way ends by itself and is not heard of. */
  stop(): void {
    this.#stopped = true;
  }

  async #check(): Promise<void> {
    const { client, rules, log } = this.#needs;
    const names = slackNames(rules);
    for (const kind of ["user", "group", "channel"] as const) {
      if (this.#stopped) return;
      const wanted = names.filter((each) => each.kind === kind);
      const unique = [...new Set(wanted.map(({ name }) => name))];
      try {
        const faults = unique.length === 0 ? noFaults : await lookUp[kind](client, unique);
        if (this.#stopped) return;
        this.#note(
          kind,
          wanted.flatMap((each) => warningOf(each, faults.get(each.name))),
        );
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        log.info({ kind, error: error.failure.error }, "the configuration could not be compared with Slack");
      }
    }
  }

  /** What was known before is not logged again. */
  #note(kind: SlackName["kind"], warnings: readonly ConfigurationWarning[]): void {
    const known = this.#found.get(kind) ?? [];
    this.#found.set(kind, warnings);
    for (const { key, name, says } of warnings)
      if (!known.some((each) => each.key === key && each.name === name))
        this.#needs.log.warn({ key, name }, `configuration: ${says}`);
  }
}

const warningOf = ({ key, name }: SlackName, fault: string | undefined): ConfigurationWarning[] =>
  fault === undefined ? [] : [{ key, name, says: fault }];

/** What is wrong, by name. */
type Faults = ReadonlyMap<string, string>;
const noFaults: Faults = new Map();

const groupsSchema = z.object({
  usergroups: z.array(
    z.object({ id: z.string(), handle: z.string(), user_count: z.coerce.number().optional() }),
  ),
});
const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
const mostPages = 50;

const lookUp: Record<SlackName["kind"], (client: WebClient, names: readonly string[]) => Promise<Faults>> = {
  user: usersFaults,
  group: groupsFaults,
  channel: channelsFaults,
};

async function usersFaults(client: WebClient, ids: readonly string[]): Promise<Faults> {
  const faults = new Map<string, string>();
  for (const id of ids) {
    const fault = await userFault(client, id);
    if (fault !== undefined) faults.set(id, fault);
  }
  return faults;
}

async function userFault(client: WebClient, id: string): Promise<string | undefined> {
  const user = await askUser({ client }, id);
  if (!user)
    return `Slack knows nobody with the id ${id}: copy it from the person's profile (Copy member ID)`;
  if (user.deleted) return `${id} is deactivated in Slack: name somebody else`;
  return user.is_bot ? `${id} is an app, which answers nobody: name a person` : undefined;
}

async function groupsFaults(client: WebClient, names: readonly string[]): Promise<Faults> {
  try {
    const { usergroups } = await askFor({ client }, "usergroups.list", { include_count: true }, groupsSchema);
    return new Map(
      names.flatMap((name): [string, string][] => {
        const found = usergroups.find(
          ({ id, handle }) => id === name || handle.toLowerCase() === name.toLowerCase(),
        );
        if (!found) return [[name, `Slack has no user group @${name}: make it, or name another one`]];
        return found.user_count === 0 ? [[name, `nobody is in the user group @${name}`]] : [];
      }),
    );
  } catch (error) {
    const forAll = isRefusal(error, "plan_upgrade_required")
      ? "this Slack plan has no user groups: name people or a rotation"
      : isRefusal(error, "missing_scope")
        ? "the app lacks the permission usergroups:read: install it again with the manifest of this version"
        : undefined;
    if (forAll === undefined) throw error;
    return new Map(names.map((name) => [name, forAll]));
  }
}

async function channelsFaults(client: WebClient, names: readonly string[]): Promise<Faults> {
  const faults = new Map<string, string>();
  const ids = names.filter((name) => isId(name));
  for (const id of ids) {
    try {
      await ask({ client }, "conversations.info", { channel: id });
    } catch (error) {
      if (!isRefusal(error, "channel_not_found")) throw error;
      faults.set(id, `Slack shows Sitrep no channel ${id}: invite Sitrep there where it is private`);
    }
  }
  const missing = new Set(names.filter((name) => !isId(name)));
  const args = { types: "public_channel,private_channel", exclude_archived: true, limit: 999 };
  if (missing.size > 0)
    for await (const { channels } of pages(
      { client },
      "conversations.list",
      args,
      channelsSchema,
      mostPages,
    )) {
      for (const { name } of channels) missing.delete(name);
      if (missing.size === 0) break;
    }
  for (const name of missing)
    faults.set(
      name,
      `Slack shows Sitrep no channel #${name}: create it, and invite Sitrep to it where it is private`,
    );
  return faults;
}

const isId = (name: string): boolean => /^[CDG][A-Z0-9]{6,}$/.test(name);

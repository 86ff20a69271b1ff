import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import type { GroupFound } from "../../domain/escalation/commands.ts";
import { isWanted } from "../../domain/escalation/reach.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { askFor, CallFailed } from "../calls.ts";
import { askUser } from "../directory.ts";
import { skipped, type Stage } from "./stage.ts";

/** Calls wait for this, so of a large group nobody is looked up: they are simply told. */
const mostLookedUp = 10;

/** Nobody reads that many direct messages of an app as a call. */
const mostCalled = 50;

interface Trouble {
  user: string;
  why: string;
  isGone: boolean;
}

/** Who the people of a call are, and who of them will hardly hear it. What Slack does not say is taken as no trouble. */
export async function seekPeople(
  stage: Stage,
  { incident: number, call: id }: EffectNamed<"SeekPeople">,
): Promise<Performed> {
  const incident = await stage.store.incident(number);
  const call = incident?.escalation.calls.find((each) => each.id === id);
  if (!incident || !call) return skipped("the call is not there");
  if (call.sought) return skipped("its people are known");
  if (!isWanted(incident, call)) return skipped("nobody needs to be called any more");
  const names = call.aims.flatMap(({ target }) => (target.kind === "group" ? [target.name] : []));
  const groups = await groupsNamed(stage, names);
  const single = call.aims.flatMap(({ target, people }) => (target.kind === "group" ? [] : people));
  const members = groups.flatMap(({ people }) => people);
  const users = [...new Set([...single, ...(members.length > mostLookedUp ? [] : members)])];
  const unreachable = (await Promise.all(users.map((user) => troubleOf(stage, user)))).flat();
  const at = stage.clock.now();
  return {
    as: "done",
    result: { type: "NotePeopleFound", at, actor: bot, incident: number, call: id, groups, unreachable },
  };
}

const groupsSchema = z.object({
  usergroups: z.array(z.object({ id: z.string(), handle: z.string(), name: z.string().optional() })),
});
const membersSchema = z.object({ users: z.array(z.string()) });

async function groupsNamed(stage: Stage, names: readonly string[]): Promise<GroupFound[]> {
  if (names.length === 0) return [];
  try {
    const { usergroups } = await askFor(stage, "usergroups.list", {}, groupsSchema);
    return await Promise.all(
      names.map(async (name): Promise<GroupFound> => {
        const wanted = name.replace(/^@/, "").toLowerCase();
        const group = usergroups.find(({ id, handle }) => id === name || handle.toLowerCase() === wanted);
        return group
          ? membersOf(stage, name, group.id)
          : { name, people: [], failure: "Slack has no such user group" };
      }),
    );
  } catch (error) {
    const failure = groupTrouble(error);
    return names.map((name) => ({ name, people: [], failure }));
  }
}

async function membersOf(stage: Stage, name: string, usergroup: string): Promise<GroupFound> {
  try {
    const { users } = await askFor(stage, "usergroups.users.list", { usergroup }, membersSchema);
    const people = users.filter((user) => user !== stage.auth.botUserId);
    if (people.length === 0) return { name, people, failure: "nobody is in it" };
    return { name, people: people.slice(0, mostCalled), failure: null };
  } catch (error) {
    return { name, people: [], failure: groupTrouble(error) };
  }
}

const groupTroubles: Readonly<Record<string, string>> = {
  plan_upgrade_required: "user groups need a paid Slack plan",
  no_such_subteam: "Slack has no such user group",
  missing_scope:
    "the app lacks the permission usergroups:read: install it again with the manifest of this version",
};

/** @throws for what passes: the call is made as soon as Slack answers */
function groupTrouble(error: unknown): string {
  if (!(error instanceof CallFailed) || error.failure.kind !== "refused") throw error;
  return groupTroubles[error.failure.error] ?? `Slack answered ${error.failure.error}`;
}

async function troubleOf(stage: Stage, user: string): Promise<Trouble[]> {
  if (user === stage.auth.botUserId) return [{ user, why: "that is an app", isGone: true }];
  try {
    const person = await askUser(stage, user);
    if (!person) return [{ user, why: "Slack knows no such person", isGone: true }];
    if (person.deleted) return [{ user, why: "the account is deactivated", isGone: true }];
    if (person.is_bot) return [{ user, why: "that is an app", isGone: true }];
  } catch (error) {
    mustPass(error);
  }
  return (await isQuiet(stage, user)) ? [{ user, why: "do not disturb is on", isGone: false }] : [];
}

const quietSchema = z.object({
  dnd_enabled: z.boolean(),
  next_dnd_start_ts: z.number(),
  next_dnd_end_ts: z.number(),
  snooze_enabled: z.boolean().optional(),
  snooze_endtime: z.number().optional(),
});

/** Do not disturb, by schedule or by hand: https://docs.slack.dev/reference/methods/dnd.info */
async function isQuiet(stage: Stage, user: string): Promise<boolean> {
  try {
    const quiet = await askFor(stage, "dnd.info", { user }, quietSchema);
    const now = stage.clock.now() / 1000;
    const isSnoozed = quiet.snooze_enabled === true && (quiet.snooze_endtime ?? Infinity) > now;
    return isSnoozed || (quiet.dnd_enabled && quiet.next_dnd_start_ts <= now && now < quiet.next_dnd_end_ts);
  } catch (error) {
    mustPass(error);
    return false;
  }
}

/** A question that Slack does not answer keeps no call back, unless nothing reaches Slack. */
function mustPass(error: unknown): void {
  if (!(error instanceof CallFailed)) throw error;
  const { kind } = error.failure;
  if (kind === "unreachable" || kind === "token") throw error;
}

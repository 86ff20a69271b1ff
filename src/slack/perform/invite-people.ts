import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import type { RefusedPerson } from "../../domain/opening/state.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { asMember } from "./membership.ts";
import { ask, type CallFailed, isRefusal } from "../calls.ts";
import { opened, skipped, type Stage } from "./stage.ts";

/** Slack's page says both 100 and 1000: https://docs.slack.dev/reference/methods/conversations.invite */
const atOnce = 100;
const there = ["already_in_channel", "cant_invite_self"];

/** What it says of one person; anything else is about the channel or the app. */
const aboutPerson = [
  ...there,
  "cant_invite",
  "ura_max_channels",
  "user_disabled",
  "user_is_restricted",
  "user_is_ultra_restricted",
  "user_not_found",
];

const errorsSchema = z.object({
  errors: z.array(z.object({ user: z.string().optional(), error: z.string() })).optional(),
});

/** Whom Slack refuses is left out and named; the others come in. */
export async function invitePeople(
  stage: Stage,
  { incident: number, users }: EffectNamed<"InvitePeople">,
): Promise<Performed> {
  const place = await opened(stage, number);
  if ("why" in place) return skipped(place.why);
  const wanted = [...new Set(users)].filter((user) => user !== stage.auth.botUserId);
  const refused: RefusedPerson[] = [];
  for (let from = 0; from < wanted.length; from += atOnce)
    refused.push(...(await invite(stage, place.channel, wanted.slice(from, from + atOnce))));
  const out = refused.filter(({ error }) => !there.includes(error));
  if (out.length === 0) return { as: "done" };
  const at = stage.clock.now();
  return {
    as: "done",
    result: { type: "NoteInvitesRefused", at, actor: bot, incident: number, refused: out },
  };
}

/** @returns whom Slack left out: with `force` it names each. */
async function invite(stage: Stage, channel: string, users: string[]): Promise<RefusedPerson[]> {
  try {
    const answer = await asMember(stage, channel, "own", () =>
      ask(stage, "conversations.invite", { channel, users: users.join(","), force: true }),
    );
    return refusedIn(answer);
  } catch (error) {
    if (!isRefusal(error, ...aboutPerson)) throw error;
    const named = refusedIn(dataOf(error));
    if (named.length > 0) return named;
    const [user] = users;
    // Of several without names nobody can tell whom it means.
    if (user === undefined || users.length > 1) throw error;
    return [{ user, error: error.failure.error }];
  }
}

function refusedIn(answer: unknown): RefusedPerson[] {
  const read = errorsSchema.safeParse(answer);
  const errors = read.success ? (read.data.errors ?? []) : [];
  return errors.flatMap(({ user, error }) => (user === undefined ? [] : [{ user, error }]));
}

const dataOf = ({ cause }: CallFailed): unknown =>
  cause instanceof Error && "data" in cause ? cause.data : undefined;

import { z } from "zod";
import type { EffectNamed } from "../../domain/effect.ts";
import type { Performed } from "../../dispatch/performer.ts";
import { asMember } from "./membership.ts";
import { ask, CallFailed, isRefusal } from "../calls.ts";
import { opened, skipped, type Stage } from "./stage.ts";

/** Slack's page says both 100 and 1000: https://docs.slack.dev/reference/methods/conversations.invite */
const atOnce = 100;
const there = ["already_in_channel", "cant_invite_self"];

const refusedSchema = z.object({
  errors: z.array(z.object({ user: z.string().optional(), error: z.string() })).optional(),
});

/** Whom Slack refuses is left out; the others come in. Dead only when nobody could be invited. */
export async function invitePeople(
  stage: Stage,
  { incident: number, users }: EffectNamed<"InvitePeople">,
): Promise<Performed> {
  const place = await opened(stage, number);
  if ("why" in place) return skipped(place.why);
  const { drill, declaredBy } = place.incident;
  const isInvited = (user: string) => !drill || (declaredBy.kind === "slack" && declaredBy.user === user);
  const wanted = [...new Set(users)].filter((user) => user !== stage.auth.botUserId && isInvited(user));
  if (wanted.length === 0) return skipped("nobody is to be invited");
  let refusal: CallFailed | undefined;
  let came = 0;
  for (let from = 0; from < wanted.length; from += atOnce) {
    const chunk = wanted.slice(from, from + atOnce);
    try {
      await asMember(stage, place.channel, true, () =>
        ask(stage, "conversations.invite", { channel: place.channel, users: chunk.join(","), force: true }),
      );
      came += chunk.length;
    } catch (error) {
      if (isRefusal(error, ...there) || allAreThere(error)) came += chunk.length;
      else if (error instanceof CallFailed && error.failure.kind === "refused") refusal = error;
      else throw error;
    }
  }
  if (refusal && came === 0) throw refusal;
  return { as: "done" };
}

/** With `force` Slack names each person it left out. */
function allAreThere(error: unknown): boolean {
  if (!(error instanceof CallFailed) || error.failure.kind !== "refused") return false;
  const { cause } = error;
  const data = cause instanceof Error && "data" in cause ? refusedSchema.safeParse(cause.data) : undefined;
  const errors = data?.success ? (data.data.errors ?? []) : [];
  return errors.length > 0 && errors.every((each) => there.includes(each.error));
}

import { slackUser } from "../../domain/actor.ts";
import { holderOf } from "../../domain/roles/state.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Role } from "../../domain/vocab.ts";
import { answerTo } from "../commands/answers.ts";
import { somebody } from "../commands/mentioned.ts";
import { handleInput } from "../input.ts";
import type { InputKeys } from "../keys.ts";
import { namesIn, type SlackRoom } from "../room.ts";
import { safe } from "../text.ts";
import type { Message } from "../views/limits.ts";
import type { Offer } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

/** Gives a role, or asks first whether command is to be taken from whoever has it. */
export async function giveRole(
  room: SlackRoom,
  { user, keys }: { user: string; keys: InputKeys },
  incident: Incident,
  { role, to, from }: { role: Role; to: string; from?: string | undefined },
): Promise<{ done: boolean; answer: Message }> {
  const whom = await somebody(room, to);
  if ("sentence" in whom) return { done: false, answer: reply(`${whom.sentence} Nothing was done.`) };
  const { number } = incident;
  const outcome = await handleInput(
    room,
    {
      type: "GiveRole",
      at: room.clock.now(),
      actor: slackUser(user),
      incident: number,
      role,
      to,
      ...(from !== undefined && { from }),
    },
    { keys, people: whom.people },
  );
  if (outcome.ok || outcome.refusal.code !== "held")
    return { done: outcome.ok, answer: await answerTo(room, outcome) };
  const holder = holderOf((await room.handling.store.incident(number))?.roles ?? incident.roles, role);
  const names = await namesIn(room, [to, holder ?? ""].map((id) => `<@${id}>`).join(""));
  const named = (id: string) => `@${names.get(id) ?? id}`;
  const offers: Offer[] =
    holder === undefined
      ? []
      : [
          {
            label: to === user ? `Take command from ${named(holder)}` : `Make ${named(to)} commander`,
            press: {
              do: "GiveRole",
              incident: number,
              role,
              from: holder,
              ...(to !== user && { to }),
            },
            style: "danger",
          },
        ];
  return {
    done: false,
    answer: reply(safe(outcome.refusal.sentence, await namesIn(room, outcome.refusal.sentence)), offers),
  };
}

import { z } from "zod";
import { bot } from "../../domain/actor.ts";
import type { EffectNamed } from "../../domain/effect.ts";
import { isOpen } from "../../domain/incident.ts";
import type { Performed } from "../../dispatch/performer.ts";
import type { ClaimedEffect } from "../../store/port.ts";
import { once } from "../lookup/once.ts";
import { ownChannel, suffixed } from "../lookup/own-channel.ts";
import { askFor, isRefusal } from "../calls.ts";
import type { Stage } from "./stage.ts";

const namesTried = 20;
const createdSchema = z.object({ channel: z.object({ id: z.string(), name: z.string() }) });

/** A channel that somebody else created is never taken over, whatever its name: archived ones keep theirs as well. */
export async function createChannel(
  stage: Stage,
  claimed: ClaimedEffect,
  { incident, name }: EffectNamed<"CreateChannel">,
): Promise<Performed> {
  const state = await stage.store.incident(incident);
  if (state?.channel && !state.access.lost) return { as: "skipped", why: "the channel is there" };
  if (claimed.retries > 0 && state && !isOpen(state)) return { as: "skipped", why: "the incident is over" };
  const channel = await once(claimed, {
    look: (since) => ownChannel(stage, claimed.key, name, namesTried, since),
    act: () => create(stage, name, state?.private === true),
  });
  const at = stage.clock.now();
  return {
    as: "done",
    result: { type: "NoteChannelOpened", at, actor: bot, incident, channel: channel.id, name: channel.name },
  };
}

// Names stay taken. Without knowing which ones, an attempt that a rate limit cut short would begin anew for ever.
async function create(
  stage: Stage,
  wanted: string,
  isPrivate: boolean,
): Promise<{ id: string; name: string }> {
  const names = Array.from({ length: namesTried }, (_, index) => suffixed(wanted, index + 1));
  const last = names.at(-1);
  for (const name of names.filter((each) => each === last || !stage.taken.has(each))) {
    try {
      const { channel } = await askFor(
        stage,
        "conversations.create",
        { name, is_private: isPrivate },
        createdSchema,
      );
      return channel;
    } catch (error) {
      if (!isRefusal(error, "name_taken") || name === last) throw error;
      stage.taken.add(name);
    }
  }
  throw new Error("No name was tried");
}

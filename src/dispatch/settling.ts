import { bot } from "../domain/actor.ts";
import type { Command } from "../domain/command.ts";
import type { Timer } from "../domain/effect.ts";
import type { ClaimedEffect, SettledAs, Settlement, Store, Write } from "../store/port.ts";
import type { Performed } from "./performer.ts";

/** Milliseconds since the epoch. */
type Instant = number;

/** `handle`, handed down: the only way an incident changes. A refusal settles the row as skipped by itself. */
export type Handle = (
  command: Command,
  options: { settle?: Settlement } & Beside,
) => Promise<{ ok: true } | { ok: false; refusal: { code: string } }>;

/** What else its commit carries. */
type Beside = Pick<Write, "people" | "meta">;

/** How an attempt ended, before it is committed. `due`: a timer, whose performing is its command. */
export type Ended =
  | Exclude<Performed, { as: "retry" }>
  | { as: "retry"; error: string; sure: boolean; at: Instant; note?: Command }
  | { as: "due"; timer: Timer };

/** What stands in the outbox now. `lost`: the lease was gone, and somebody else settles it. */
export type Settled = { as: SettledAs["as"] | "lost"; why?: string };

/** Ends an attempt in one commit, together with its result. Throws what the store throws; nothing is written then. */
export async function settle(
  { store, handle }: { store: Store; handle: Handle },
  { id, token, key, incident, retries, dueAt }: ClaimedEffect,
  ended: Ended,
  now: Instant,
): Promise<Settled> {
  const as = (outcome: SettledAs): Settlement => ({ id, token, outcome });
  const commit = async (outcome: SettledAs, why?: string, beside: Beside = {}): Promise<Settled> => {
    const { kind } = await store.commit({ settle: as(outcome), at: now, ...beside });
    return kind === "conflict" ? { as: "lost" } : { as: outcome.as, ...(why ? { why } : {}) };
  };
  const carryOut = async (command: Command, outcome: SettledAs, beside: Beside = {}): Promise<Settled> => {
    const answer = await handle(command, { settle: as(outcome), ...beside });
    return answer.ok ? { as: outcome.as } : { as: "skipped", why: answer.refusal.code };
  };

  // First, so that whoever dies in between tells it at the next attempt: told twice is told once.
  if (retries > 0 && incident !== null && (ended.as === "done" || ended.as === "skipped"))
    await handle(
      {
        type: "NoteRetryEnded",
        at: now,
        actor: bot,
        incident,
        key,
        as: ended.as === "done" ? "done" : "unwanted",
      },
      {},
    );
  switch (ended.as) {
    case "due":
      return carryOut(commandOf(ended.timer, now, dueAt), { as: "done" });
    case "done":
    case "more": {
      const { as: outcome, result, people, meta } = ended;
      const beside = { ...(people && { people }), ...(meta && { meta }) };
      return result ? carryOut(result, { as: outcome }, beside) : commit({ as: outcome }, undefined, beside);
    }
    case "skipped":
      return commit({ as: "skipped", why: ended.why }, ended.why);
    case "retry": {
      const { error, sure, at, note } = ended;
      const again: SettledAs = { as: "retry", error, sure, at };
      return note ? { ...(await carryOut(note, again)), why: error } : commit(again, error);
    }
    case "held": {
      const held: SettledAs = { as: "held", why: ended.why };
      if ("result" in ended) return carryOut(ended.result, held);
      const seen = { incident: incident ?? 0, version: ended.seen };
      const { kind } = await store.commit({ settle: as(held), seen, at: now });
      // The incident moved on meanwhile: what was out of reach may be back.
      return kind === "conflict"
        ? commit({ as: "retry", error: ended.why, at: now, sure: true }, ended.why)
        : { as: "held", why: ended.why };
    }
    case "dead": {
      const dead: SettledAs = { as: "dead", error: ended.error };
      if (incident === null) return commit(dead, ended.error);
      const { error, sentence, channel } = ended;
      const told = await carryOut(
        {
          type: "NoteEffectRefused",
          at: now,
          actor: bot,
          incident,
          key,
          error,
          sentence,
          ...(channel !== undefined && { channel }),
        },
        dead,
      );
      return { ...told, why: told.why ?? error };
    }
    default:
      return ended satisfies never;
  }
}

/** The command that a timer stands for. */
function commandOf(timer: Timer, at: Instant, due: Instant): Command {
  const dueAt = "wasDue" in timer && timer.wasDue !== undefined ? timer.wasDue : due;
  switch (timer.type) {
    case "RemindUpdate":
    case "PostOverdueUpdate": {
      const { type, incident, due } = timer;
      return { type, at, actor: bot, dueAt, incident, due, keyEntries: [] };
    }
    default:
      return Object.assign({ at, actor: bot, dueAt }, timer);
  }
}

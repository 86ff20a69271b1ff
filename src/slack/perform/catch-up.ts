import type { EffectNamed } from "../../domain/effect.ts";
import type { MessageFact } from "../../domain/record.ts";
import type { Performed, SlackClaim } from "../../dispatch/performer.ts";
import { CallFailed } from "../calls.ts";
import { isRoomLost, roomLost } from "../catch-up/lost-room.ts";
import {
  begun,
  type Found,
  noted,
  type Progress,
  progressOf,
  type Room,
  roomToRead,
  type Task,
} from "../catch-up/progress.ts";
import { readChannel } from "../catch-up/read-channel.ts";
import { readPins, readReactions } from "../catch-up/read-marks.ts";
import { readMembers } from "../catch-up/read-members.ts";
import { readThread } from "../catch-up/read-thread.ts";
import type { Read, Reading } from "../catch-up/reading.ts";
import { asMember } from "./membership.ts";
import { isTold, refusalSentence } from "./refusal.ts";
import { skipped, type Stage } from "./stage.ts";

/**
 * Reads one page of where an incident goes on, and records what the record lacks. Killed in the middle it reads that page again:
 * what was recorded is then no difference any more.
 */
export async function catchUp(
  stage: Stage,
  { key }: SlackClaim,
  effect: EffectNamed<"CatchUp">,
): Promise<Performed> {
  const { incident: number } = effect;
  const incident = await stage.store.incident(number);
  const room = incident ? roomToRead(incident) : null;
  if (!incident || !room) return skipped("it has no channel yet");
  const progress = await progressIn(stage, number, room, key);
  const [task, ...rest] = progress.todo;
  const { rules, auth, clock } = stage;
  const comparison = {
    incident,
    channel: room.channel,
    now: clock.now(),
    mark: rules.timeline.mark,
    botUserId: auth.botUserId,
  };
  try {
    const reading = { stage, incident, room, comparison };
    const { facts, next, result, people } = await asMember(
      stage,
      room.channel,
      incident.channel ? "own" : "granted",
      () => (task ? read(reading, task) : nothing),
    ).catch((error: unknown) => {
      if (isRoomLost(error) || !(error instanceof CallFailed) || error.failure.kind !== "refused")
        throw error;
      // A part that Slack refuses each time, as everybody knows by now, must not keep the others from being read.
      if (!isTold(incident, key, refusalSentence(effect, error.failure))) throw error;
      return nothing;
    });
    await record(stage, facts);
    const found = counted(progress.found, facts, result);
    const brought = { ...(result && { result }), ...(people && { people }) };
    const todo = [...next, ...rest];
    if (todo.length > 0) return { as: "more", meta: noted(number, { ...progress, todo, found }), ...brought };
    stage.caughtUp(incident, found);
    // It was begun for an older wish: what came to pass since then it may have missed.
    return progress.key === key
      ? { as: "done", meta: noted(number, null), ...brought }
      : { as: "more", meta: noted(number, begun(key, room)), ...brought };
  } catch (error) {
    if (isRoomLost(error) && !incident.channel) return roomLost(error);
    throw error;
  }
}

const nothing: Promise<Read> = Promise.resolve({ facts: [], next: [] });

/** Messages at the same time, so that they share a flush; what is about one of them one after the other. */
async function record({ recordFact }: Stage, facts: readonly MessageFact[]): Promise<void> {
  const byMessage = Map.groupBy(facts, ({ ts }) => ts);
  await Promise.all(
    [...byMessage.values()].map(async (own) => {
      for (const fact of own) await recordFact(fact);
    }),
  );
}

/** A run in another room has nothing to go on with. */
async function progressIn(stage: Stage, incident: number, room: Room, key: string): Promise<Progress> {
  const before = await progressOf(stage.store, incident);
  const isSame = before?.room.channel === room.channel && before.room.thread === room.thread;
  return before && isSame ? before : begun(key, room);
}

function read(reading: Reading, task: Task): Promise<Read> {
  switch (task.do) {
    case "members":
      return readMembers(reading);
    case "channel":
      return readChannel(reading, task);
    case "thread":
      return readThread(reading, task);
    case "reactions":
      return readReactions(reading, task);
    case "pins":
      return readPins(reading);
    default:
      return task satisfies never;
  }
}

function counted(found: Found, facts: readonly MessageFact[], result: Read["result"]): Found {
  const many = (type: MessageFact["type"]) => facts.filter((fact) => fact.type === type).length;
  return {
    messages: found.messages + many("MessageSaid"),
    edits: found.edits + many("MessageEdited"),
    deletions: found.deletions + many("MessageDeleted"),
    marks: found.marks + many("MarkChanged"),
    people: found.people + (result ? result.joined.length + result.left.length : 0),
  };
}

import type { EscalationCommand } from "../../domain/escalation/commands.ts";
import { mentionsIn } from "../../domain/words.ts";
import type { Person } from "../../store/port.ts";
import { answerTo } from "../commands/answers.ts";
import { handleInput } from "../input.ts";
import type { InputKeys } from "../keys.ts";
import { personOf } from "../known-person.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";

/** Carries a command out and answers it, naming whoever is called for the first time. */
export async function carryOut(
  room: SlackRoom,
  command: EscalationCommand,
  { keys, people = [] }: { keys: InputKeys; people?: Person[] },
): Promise<Message> {
  const outcome = await handleInput(room, command, { keys, people });
  const sentence = outcome.ok
    ? outcome.answer.type === "Said"
      ? outcome.answer.sentence
      : ""
    : outcome.refusal.sentence;
  await meet(room, mentionsIn(sentence));
  return answerTo(room, outcome);
}

/** Whoever is on call may never have been met: their names are asked for, and kept. */
export async function meet(room: SlackRoom, ids: readonly string[]): Promise<void> {
  const known = await room.handling.store.people([...ids]);
  const strangers = await Promise.all(ids.filter((id) => !known.has(id)).map((id) => personOf(room, id)));
  const people = strangers.filter((person) => person !== undefined);
  if (people.length > 0) await room.handling.store.commit({ people, at: room.clock.now() });
}

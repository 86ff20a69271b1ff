import { reference } from "../../domain/incident.ts";
import { formatClock, formatShortDuration } from "../../domain/time.ts";
import type { Outcome } from "../../handle.ts";
import { blameIn } from "../blame.ts";
import { namesIn, type SlackRoom } from "../room.ts";
import { safe } from "../text.ts";
import { markedAsDrill } from "../views/drill.ts";
import type { Message } from "../views/limits.ts";
import type { Offer } from "../views/parts.ts";
import { reply } from "../views/reply.ts";

/**
 * What the asker is told of a change; the change itself shows in the incident's channel.
 * @param offers buttons under what a folder of its own has carried out
 */
export async function answerTo(
  room: SlackRoom,
  outcome: Outcome,
  offers: readonly Offer[] = [],
): Promise<Message> {
  const said = await saidOf(room, outcome, offers);
  const answer = { ...said, blocks: [...said.blocks, ...(await blameIn(room, outcome))] };
  return outcome.ok && outcome.incident?.drill ? markedAsDrill(answer) : answer;
}

async function saidOf(room: SlackRoom, outcome: Outcome, offers: readonly Offer[]): Promise<Message> {
  if (!outcome.ok) {
    const { sentence, reopens } = outcome.refusal;
    return reply(
      safe(sentence, await namesIn(room, sentence)),
      reopens === undefined ? [] : [{ label: "Reopen", press: { do: "OpenReopen", incident: reopens } }],
    );
  }
  const { answer } = outcome;
  const now = room.clock.now();
  const clock = (at: number) => formatClock(at, room.handling.rules.timezone, now);
  const next = (at: number | null) =>
    at === null ? "No next one is promised." : `The next one is due at ${clock(at)}.`;
  switch (answer.type) {
    case "Declared":
      return reply(
        `*${reference(answer.number)}* is being opened: the link to its channel comes in a moment.`,
      );
    case "UpdatePosted":
      return reply(`Update ${answer.n} of ${reference(answer.number)} is posted. ${next(answer.nextUpdate)}`);
    case "StatusSet":
      return reply(
        `*${reference(answer.number)}* is ${answer.status}: update ${answer.n} says so. ${next(answer.nextUpdate)}`,
      );
    case "SeveritySet":
      return reply(
        `*${reference(answer.number)}* is ${answer.severity}: update ${answer.n} says so. ${next(answer.nextUpdate)}`,
      );
    case "TitleSet":
      return reply(`*${reference(answer.number)}* has its new title.`);
    case "Snoozed":
      return reply(
        `Snoozed: the next update of ${reference(answer.number)} is due at ${clock(answer.until)}.`,
      );
    case "Logged": {
      const since = Math.max(0, now - answer.happenedAt);
      return reply(
        `Logged for ${reference(answer.number)}: ${clock(answer.happenedAt)} (${formatShortDuration(since)} ago)`,
        [{ label: "Undo", press: { do: "UndoEntry", incident: answer.number, entry: answer.entry } }],
      );
    }
    case "EntryUndone":
      return reply(`Taken off the timeline of ${reference(answer.number)}.`);
    case "Resolved":
      return answer.detailed
        ? reply(`The details of ${reference(answer.number)} are recorded.`)
        : reply(`*${reference(answer.number)}* is resolved. The post-mortem draft comes in its channel.`, [
            { label: "Add details", press: { do: "OpenResolve", incident: answer.number } },
          ]);
    case "ExportAsked": {
      const where = answer.to === null ? "in this channel" : "in your direct messages with me";
      return reply(`The post-mortem of ${reference(answer.number)} comes as a file ${where}.`);
    }
    case "SectionsWritten":
      return reply(`The post-mortem of ${reference(answer.number)} is saved.`);
    case "Said":
      return reply(safe(answer.sentence, await namesIn(room, answer.sentence)), offers);
    case "Noted":
      return reply("Noted.");
    default:
      return answer satisfies never;
  }
}

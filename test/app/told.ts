import type { Actor } from "../../src/workspace/people.ts";
import type { World } from "./world.ts";

/** What came of a line: what its asker is answered, and what the incident's channel shows of it. */
export interface Told {
  line: string;
  /** The answer, or `[form] …`. Empty: nothing at all. */
  asker: string;
  channel: string;
}

/** Where somebody types, and how: as a command, or as a mention in the thread of `thread`. */
export interface Place {
  asker: Actor;
  /** The incident's channel, by its name. */
  room: string;
  command: string;
  thread?: string;
}

const inThread = /^ {4}(?:\d\d:\d\d| {6})/;

/** Types a line and reads what is new. A form is looked at and closed. */
export async function tells(
  world: World,
  { asker, room, command, thread }: Place,
  line: string,
): Promise<Told> {
  const { ws } = world;
  // People do not type at the pace at which Slack takes posts.
  await ws.clock.advance("4s");
  await ws.settle();
  const [saw, stood] = [asker.sees().length, linesOf(world, room)];
  const typed = `${thread === undefined ? command : command.toLowerCase()} ${line}`.trim();
  const { answer } = await (thread === undefined ? asker.types(typed) : asker.replies(thread, typed));
  await ws.settle();
  const modal = asker.modal();
  const form = modal && `[form] ${modal.title}: ${[...new Set(modal.labels)].join(" · ")}`;
  while (asker.modal()) await asker.closes({ all: true });
  const fresh = added(stood, linesOf(world, room)).filter((each) => !each.includes(typed));
  const replies = fresh.filter((each) => inThread.test(each)).map((each) => each.slice(10));
  const shown = asker.sees().slice(saw);
  const seen = [form, ...(shown.length > 0 ? shown : [answer]), ...(thread === undefined ? [] : replies)];
  return {
    line,
    asker: seen
      .filter((each) => each !== undefined && each !== "")
      .join("\n")
      .replace(/^Sitrep \(app\): /, ""),
    channel: fresh.filter((each) => !inThread.test(each)).join("\n"),
  };
}

const linesOf = ({ ws }: World, room: string): string[] =>
  ws.state.channelNamed(room) ? ws.channel(room).transcript().split("\n") : [];

/** Lines that were not there before, in their order; the age of the incident goes on by itself. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of before) left.set(line, (left.get(line) ?? 0) + 1);
  return after.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0 && !/^ +Started: .* ago$/.test(line);
  });
}

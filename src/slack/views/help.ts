import type { Rules } from "../../domain/rules.ts";
import { aliases, explained, type Verb, verbs } from "../commands/vocabulary.ts";
import type { CommandWord } from "../id-shape.ts";
import { code } from "../text.ts";
import { fitMessage, limits, type Message } from "./limits.ts";
import { buttons, type Offer, sentence } from "./parts.ts";
import { reply } from "./reply.ts";

/** All commands in a line each, or one of them with examples. */
export function helpView(command: CommandWord, topic: Verb | null, { timeline }: Rules): Message {
  return topic === null ? allCommands(command, timeline.mark) : oneCommand(command, topic);
}

function allCommands(command: CommandWord, mark: string): Message {
  const said = verbs.map((verb) => `${code(`${command} ${explained[verb].usage}`)} ${explained[verb].says}`);
  const head = `In an incident’s channel a command acts on that incident; elsewhere name it first: ${code(`${command} INC-42 status`)}.`;
  const tail = `React with :${mark}: to a message to put it on the timeline.`;
  const parts = inParts([head, ...said, tail], limits.mrkdwn);
  return fitMessage({ text: head, blocks: [...parts.map(sentence), ...buttons(menuOffers(command))] });
}

/** The lines in as few texts as hold them. */
function inParts(all: readonly string[], longest: number): string[] {
  return all.reduce<string[]>((parts, line) => {
    const last = parts.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    return longer.length <= longest && last !== undefined
      ? [...parts.slice(0, -1), longer]
      : [...parts, line];
  }, []);
}

function oneCommand(command: CommandWord, topic: Verb): Message {
  const { usage, says, examples } = explained[topic];
  const others = aliases[topic].map(code);
  return reply(
    [
      `${code(`${command} ${usage}`)} ${says}`,
      ...(others.length === 0 ? [] : [`Also: ${others.join(", ")}`]),
      `For example: ${examples.map((example) => code(`${command} ${example}`)).join(", ")}`,
    ].join("\n"),
  );
}

/** What can be done where no incident is. */
export const menuView = (command: CommandWord): Message =>
  reply("What do you need?", [...menuOffers(command), helpOffer(command)]);

export const helpOffer = (command: CommandWord): Offer => ({
  label: "Help",
  press: { do: "ShowHelp", command, topic: null },
});

const menuOffers = (command: CommandWord): Offer[] => [
  { label: "Declare incident", press: { do: "OpenDeclare", command }, style: "primary" },
  { label: "Open incidents", press: { do: "ShowList", command } },
];

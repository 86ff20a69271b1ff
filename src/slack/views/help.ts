import type { Rules } from "../../domain/rules.ts";
import { explained, helpGroups } from "../commands/explained.ts";
import { aliases, type Verb } from "../commands/vocabulary.ts";
import type { CommandWord } from "../id-shape.ts";
import { code } from "../text.ts";
import { fitMessage, type Message } from "./limits.ts";
import { buttons, type Offer, sentence } from "./parts.ts";
import { reply } from "./reply.ts";

/** All commands in a line each, or one of them with examples. */
export function helpView(command: CommandWord, topic: Verb | null, { timeline }: Rules): Message {
  return topic === null ? allCommands(command, timeline.mark) : oneCommand(command, topic);
}

// A section of its own for each group: Slack folds a long one.
function allCommands(command: CommandWord, mark: string): Message {
  const head = `Write ${code(command)} before each; ${code(`${command} help log`)} tells more of one. In an incident’s channel they act on that incident; elsewhere name it first: ${code(`${command} INC-42 status`)}.`;
  const groups = helpGroups.map(({ name, verbs }) => [`*${name}*`, ...verbs.map(briefly)].join("\n"));
  const tail = `${code(command)} alone shows the incident with its buttons. React with :${mark}: to a message to put it on the timeline.`;
  return fitMessage({
    text: head,
    blocks: [...[head, ...groups, tail].map(sentence), ...buttons(menuOffers(command))],
  });
}

/** Flags are left to the explanation of the one command. */
const briefly = (verb: Verb): string =>
  `${code(explained[verb].usage.replace(/ \[--.*$/, ""))} ${explained[verb].brief}`;

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

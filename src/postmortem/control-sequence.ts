import { unescapeText } from "../domain/words.ts";
import { formatDay, formatOffset, formatTime } from "../domain/time.ts";
import type { PhrasingContent } from "mdast";
import { link, text } from "./nodes.ts";
import { mention, type Reading } from "./reading.ts";

/** The node of what stands in angle brackets (https://docs.slack.dev/messaging/formatting-message-text). */
export function controlSequence(inside: string, reading: Reading): PhrasingContent {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label =
    bar < 0
      ? ""
      : unescapeText(inside.slice(bar + 1))
          .replaceAll("\n", " ")
          .trim();
  if (target.startsWith("@")) return text(person(target.slice(1), label, reading));
  if (target.startsWith("#")) return text(`#${label || target.slice(1)}`);
  if (target.startsWith("!")) return text(special(target.slice(1), label, reading));
  const url = safeUrl(unescapeText(target));
  return url === undefined ? text(label || unescapeText(target)) : link(url, label || unescapeText(target));
}

const person = (user: string, label: string, reading: Reading) =>
  label && !reading.people.has(user) ? `@${label.replace(/^@/, "")}` : mention(reading, user);

function special(name: string, label: string, { zone }: Reading): string {
  const [kind = "", argument = ""] = name.split("^");
  if (kind === "subteam") return label ? `@${label.replace(/^@/, "")}` : `@${argument}`;
  if (kind !== "date") return label || `@${kind}`;
  const at = /^\d{1,11}$/.test(argument) ? Number(argument) * 1000 : undefined;
  if (at === undefined) return label || argument;
  return `${formatDay(at, zone)} ${formatTime(at, zone)} ${formatOffset(at, zone)}`;
}

/** Only addresses that open a page or a mail; nothing in them can end the link early. */
export function safeUrl(url: string): string | undefined {
  if (!/^(?:https?:\/\/|mailto:)[^\s]/i.test(url)) return undefined;
  return url.replaceAll(/[\s<>\\"`|]/g, (character) => encodeURIComponent(character));
}

import type { Told } from "./told.ts";

/** All that was typed in one place. */
export interface Chapter {
  title: string;
  command: string;
  told: readonly Told[];
}

const mostLines = 6;
const mostHelp = 50;
const mostTyped = 14;
const mostShown = 4;

/**
 * A transcript to read: the first chapter in full, of the others what no chapter before has answered so; lines that are
 * answered alike stand together.
 */
export function asMarkdown(chapters: readonly Chapter[]): string {
  const known = new Set<string>();
  const written = chapters.map((chapter) => {
    const other = chapter.told.filter((told) => !known.has(`${told.line}\n${alike(told)}`));
    for (const told of chapter.told) known.add(`${told.line}\n${alike(told)}`);
    const same = chapter.told.length - other.length;
    return [
      `## ${chapter.title}`,
      ...(same > 0 ? [`${same} of ${chapter.told.length} lines are answered as in a chapter before.`] : []),
      ...[...grouped(other).values()].map((group) => entry(chapter, group, chapter === chapters[0])),
    ].join("\n\n");
  });
  return `${written.join("\n\n")}\n`;
}

function grouped(all: readonly Told[]): Map<string, Told[]> {
  const groups = new Map<string, Told[]>();
  for (const told of all) {
    const key = `${alike(told)}\n${alike({ ...told, asker: told.channel })}`;
    groups.set(key, [...(groups.get(key) ?? []), told]);
  }
  return groups;
}

/** An answer without what differs from line to line and from end to end: the line itself, times and counts. */
const alike = ({ line, asker }: Told): string =>
  asker
    .replace(`INC-42 ${line}`, "…")
    .replaceAll(/[@/](?:Sitrep|sitrep|incident)/g, "/…")
    .replaceAll(/RESOLVED|CLOSED|CANCELLED/g, "ENDED")
    .replaceAll(/was (?:resolved|cancelled) at \S+ UTC(?: and is closed)?/g, "ended")
    .replaceAll(/\d+/g, "0");

function entry({ command }: Chapter, group: readonly Told[], withChannel: boolean): string {
  const [told] = group;
  if (!told) return "";
  const typed = group.map(({ line }) => `\`${`${command} ${line}`.trim()}\``);
  const more = typed.length > mostTyped ? ` and ${typed.length - mostTyped} more` : "";
  const shown = withChannel ? cut(told.channel, mostShown) : [];
  return [
    `${typed.slice(0, mostTyped).join(" · ")}${more}`,
    ...cut(told.asker, told.line === "help" ? mostHelp : mostLines).map((each) => `> ${each}`),
    ...(shown.length > 0 ? [`> *In the channel:* ${shown.map((each) => each.trim()).join(" ⏎ ")}`] : []),
  ].join("  \n");
}

function cut(text: string, most: number): string[] {
  // The buttons of the card are the same each time.
  const all = text.split("\n").filter((line) => line.trim() !== "" && !line.includes("[⋯ Roles"));
  return all.length <= most ? all : [...all.slice(0, most - 1), `… (${all.length - most + 1} more lines)`];
}

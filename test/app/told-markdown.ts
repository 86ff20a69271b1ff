import type { Told } from "./told.ts";

/** All that was typed in one place. */
export interface Chapter {
  title: string;
  command: string;
  told: readonly Told[];
}

const mostLines = 7;
const mostShown = 5;

/**
 * A transcript to read: the first chapter in full, of the others what is answered otherwise; lines that are answered alike
 * stand together.
 */
export function asMarkdown(chapters: readonly Chapter[]): string {
  const [first] = chapters;
  const known = new Map(first?.told.map((told) => [told.line, alike(told)]));
  return chapters
    .map((chapter) => {
      const isFirst = chapter === first;
      const other = isFirst
        ? chapter.told
        : chapter.told.filter((told) => known.get(told.line) !== alike(told));
      const same = chapter.told.length - other.length;
      return [
        `## ${chapter.title}`,
        ...(same > 0 ? [`${same} lines are answered as in the first chapter. The others:`] : []),
        ...[...grouped(other).values()].map((group) => entry(chapter.command, group, isFirst)),
      ].join("\n\n");
    })
    .join("\n\n")
    .concat("\n");
}

function grouped(all: readonly Told[]): Map<string, Told[]> {
  const groups = new Map<string, Told[]>();
  for (const told of all) {
    const key = `${alike(told)}\n${alike({ ...told, asker: told.channel })}`;
    groups.set(key, [...(groups.get(key) ?? []), told]);
  }
  return groups;
}

/** An answer without what differs from line to line: the line itself, times and counts. */
const alike = ({ line, asker }: Told): string =>
  (line === "" ? asker : asker.replaceAll(line, "…"))
    .replaceAll(/[@/](?:Sitrep|sitrep|incident)/g, "/…")
    .replaceAll(/\d+/g, "0");

function entry(command: string, group: readonly Told[], withChannel: boolean): string {
  const [told] = group;
  if (!told) return "";
  const typed = group.map(({ line }) => `\`${`${command} ${line}`.trim()}\``).join(" · ");
  const shown = withChannel ? cut(told.channel, mostShown) : [];
  return [
    typed,
    ...cut(told.asker, mostLines).map((each) => `> ${each}`),
    ...(shown.length > 0 ? [">", ...shown.map((each) => `> In the channel: ${each.trim()}`)] : []),
  ].join("  \n");
}

function cut(text: string, most: number): string[] {
  const all = text.split("\n").filter((line) => line.trim() !== "");
  return all.length <= most ? all : [...all.slice(0, most - 1), `… (${all.length - most + 1} more lines)`];
}

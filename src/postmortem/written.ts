import type { BlockContent, Root } from "mdast";
import type { Section } from "../domain/incident.ts";
import { unescapeText } from "../domain/words.ts";
import { write } from "./markdown.ts";
import { blocksOfMarkdown } from "./markdown-in.ts";
import { blocks } from "./mrkdwn.ts";
import { erased, paragraph, toBeWritten } from "./nodes.ts";
import type { Reading } from "./reading.ts";

/** What stands under the heading of a written section. */
export function writtenBlocks(section: Section | undefined, reading: Reading): BlockContent[] {
  if (section?.text.body === null) return [paragraph(erased)];
  const body = section?.text.body ?? "";
  const found = section?.markdown ? blocksOfMarkdown(unescapeText(body)) : blocks(body, reading);
  return found.length > 0 ? found : [paragraph(toBeWritten)];
}

/** The same as markdown, for whoever reads one section alone. */
export const writtenMarkdown = (section: Section, reading: Reading): string =>
  write({ type: "root", children: writtenBlocks(section, reading) } satisfies Root);

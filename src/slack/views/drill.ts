import type { KnownBlock, RichTextBlock } from "@slack/types";
import { fitMessage, limits, type Message, shortenLabel } from "./limits.ts";
import { bold, lines, text } from "./parts.ts";

/** What stands before everything that is said of a drill, so that nobody takes it for the real thing. */
export const drillMark = "DRILL";

/** The one place where messages are marked: whatever a view made of a drill goes through here. */
export function markedAsDrill({ text: fallback, blocks }: Message): Message {
  const [first, ...rest] = blocks;
  return fitMessage({ text: `${drillMark} · ${fallback}`, blocks: [...marked(first), ...rest] });
}

function marked(first: KnownBlock | undefined): KnownBlock[] {
  if (first?.type === "header") {
    const words = shortenLabel(`${drillMark} · ${first.text.text}`, limits.header);
    return [{ ...first, text: { ...first.text, text: words } }];
  }
  const section = first?.type === "rich_text" ? first.elements[0] : undefined;
  if (first?.type === "rich_text" && section?.type === "rich_text_section") {
    const elements = [bold(drillMark), text(" · "), ...section.elements];
    return [
      { ...first, elements: [{ ...section, elements }, ...first.elements.slice(1)] } satisfies RichTextBlock,
    ];
  }
  const line = lines([[bold(drillMark)]]);
  return first ? [line, first] : [line];
}

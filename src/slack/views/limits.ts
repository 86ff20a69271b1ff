import type { KnownBlock, RichTextBlock, RichTextElement, RichTextLink, RichTextText } from "@slack/types";

/** https://docs.slack.dev/reference/block-kit/blocks and .../composition-objects */
export const limits = {
  header: 150,
  mrkdwn: 3000,
  button: 75,
  option: 75,
  inputValue: 3000,
  inputLabel: 2000,
  title: 24,
  /** Ours: what fits into a channel's name and a line. */
  declaredTitle: 200,
  fieldError: 400,
  /** Editing a message takes less than posting it: https://docs.slack.dev/reference/methods/chat.update */
  messageText: 3900,
  blocks: 50,
  /** Undocumented: above about 13 200 characters a message is refused (slackapi/bolt-js#2509). */
  totalText: 12_000,
  /** One text that a person wrote, so that several fit into a message. */
  words: 2500,
} as const;

const cutMark = "… (shortened)";

/** At most `max` UTF-16 units, as Slack counts, never half a character; what was cut says so. Never empty. */
export function shorten(text: string, max: number, mark: string = cutMark): string {
  if (text === "") return "(empty)";
  if (text.length <= max) return text;
  const end = max - mark.length;
  const low = text.charCodeAt(end);
  const splitsPair = low >= 0xdc00 && low <= 0xdfff;
  return text.slice(0, splitsPair ? end - 1 : end).trimEnd() + mark;
}

/** For labels, where there is no room for words. */
export const shortenLabel = (text: string, max: number): string =>
  shorten(text.replaceAll(/\s+/g, " ").trim(), max, "…");

/** Escaped text must not be cut within an entity, or `&am` would be shown. */
export function shortenEncoded(text: string, max: number): string {
  const short = shorten(text, max);
  return short === text ? text : short.slice(0, -cutMark.length).replace(/&[a-z]{0,3}$/, "") + cutMark;
}

export interface Message {
  /** What notifications show; escaped. */
  text: string;
  blocks: KnownBlock[];
}

/** The last guard: brings a whole message within Slack's limits, keeping its buttons. */
export function fitMessage({ text, blocks }: Message): Message {
  let left: number = limits.totalText;
  const take = (words: string): string => {
    const fitted = left <= cutMark.length ? "" : words.length > left ? shorten(words, left) : words;
    left -= fitted.length;
    return fitted;
  };
  const fitted = blocks.slice(0, limits.blocks).flatMap((block): KnownBlock[] => {
    if (block.type !== "rich_text") return [block];
    const elements = block.elements
      .map((element) => fitElement(element, take))
      .filter((each) => each !== null);
    return elements.length > 0 ? [{ ...block, elements } satisfies RichTextBlock] : [];
  });
  return { text: shortenEncoded(text, limits.messageText), blocks: fitted };
}

type Part = RichTextBlock["elements"][number];

function fitElement(part: Part, take: (words: string) => string): Part | null {
  if (part.type !== "rich_text_section") return part;
  const elements = part.elements
    .map((leaf) => (isText(leaf) ? { ...leaf, text: take(leaf.text) } : leaf))
    .filter((leaf) => !isText(leaf) || leaf.text !== "");
  return elements.length > 0 ? { ...part, elements } : null;
}

const isText = (leaf: RichTextElement): leaf is RichTextText | (RichTextLink & { text: string }) =>
  leaf.type === "text" || (leaf.type === "link" && leaf.text !== undefined);

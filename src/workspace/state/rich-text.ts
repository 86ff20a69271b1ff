import type { RichTextBlock, RichTextSection } from "@slack/types";

type Leaf = RichTextSection["elements"][number];

const TOKEN =
  /<(?:@(?<user>[UW][A-Z0-9]+)|#(?<channel>[CG][A-Z0-9]+)|!subteam\^(?<group>S[A-Z0-9]+)|(?<url>[a-z]+:[^|>]+))(?:\|(?<label>[^>]*))?>/g;

/** The `rich_text` block that Slack's clients send with what a person types: text leaves are not escaped. */
export function richTextOf(text: string, blockId: string): RichTextBlock {
  const elements: Leaf[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) elements.push({ type: "text", text: unescape(text.slice(from, match.index)) });
    elements.push(leafOf(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) elements.push({ type: "text", text: unescape(text.slice(from)) });
  return { type: "rich_text", block_id: blockId, elements: [{ type: "rich_text_section", elements }] };
}

function leafOf(match: RegExpExecArray): Leaf {
  const { user, channel, group, url, label } = match.groups ?? {};
  if (user !== undefined) return { type: "user", user_id: user };
  if (group !== undefined) return { type: "usergroup", usergroup_id: group };
  if (channel !== undefined) return { type: "channel", channel_id: channel };
  return { type: "link", url: unescape(url ?? ""), ...(label !== undefined && { text: unescape(label) }) };
}

function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

import type {
  ActionsBlock,
  Button,
  HeaderBlock,
  Overflow,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from "@slack/types";
import { fitsButton, menuId, menuValue, type Press, pressId } from "../ids.ts";
import { limits, shorten, shortenEncoded, shortenLabel } from "./limits.ts";

/**
 * The parts that messages are made of. What people wrote stands in plain text and rich text leaves, which Slack never
 * parses (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block).
 */
export type Leaf = RichTextElement;
export type Line = readonly Leaf[];

export const text = (words: string): Leaf => ({ type: "text", text: shorten(words, limits.words) });
export const bold = (words: string): Leaf => ({
  type: "text",
  text: shorten(words, limits.words),
  style: { bold: true },
});
export const italic = (words: string): Leaf => ({
  type: "text",
  text: shorten(words, limits.words),
  style: { italic: true },
});
export const link = (url: string, words: string): Leaf => ({ type: "link", url, text: words });
export const channel = (id: string): Leaf => ({ type: "channel", channel_id: id });
/** Mentions and notifies. */
export const ping = (user: string): Leaf => ({ type: "user", user_id: user });

/** `5 minutes ago`, counted by Slack's client. */
export const ago = (at: number, fallback: string): Leaf => ({
  type: "date",
  timestamp: Math.floor(at / 1000),
  format: "{ago}",
  fallback,
});

/** `Label: words` */
export const labelled = (label: string, ...rest: Leaf[]): Line => [bold(`${label}:`), text(" "), ...rest];

export function lines(all: readonly Line[]): RichTextBlock {
  const elements = all.flatMap((line, index) =>
    index === 0 ? [...line] : [{ type: "text", text: "\n" } satisfies Leaf, ...line],
  );
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

export const header = (words: string): HeaderBlock => ({
  type: "header",
  text: { type: "plain_text", text: shortenLabel(words, limits.header), emoji: true },
});

/** Own sentences, in mrkdwn; every word of somebody else's in it went through `safe`. */
export const sentence = (mrkdwn: string): SectionBlock => ({
  type: "section",
  text: { type: "mrkdwn", text: shortenEncoded(mrkdwn, limits.mrkdwn), verbatim: true },
});

export interface Offer {
  label: string;
  press: Press;
  style?: "primary" | "danger";
}

export function button({ label, press, style }: Offer, place: number): Button {
  return {
    type: "button",
    text: { type: "plain_text", text: shortenLabel(label, limits.button), emoji: true },
    ...pressId(press, place),
    ...(style ? { style } : {}),
  };
}

/** What is rarer, behind three dots: https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
const overflow = (offers: readonly Offer[], place: number): Overflow => ({
  type: "overflow",
  ...menuId(place),
  options: offers.slice(0, 5).map(({ label, press }) => ({
    text: { type: "plain_text", text: shortenLabel(label, limits.option), emoji: true },
    value: menuValue(press),
  })),
});

/**
 * A row of buttons; one whose line is too long to travel in it is left out. None: no row.
 * @param more what is rarer, in a menu at the row's end
 */
export function buttons(offers: readonly Offer[], more: readonly Offer[] = []): ActionsBlock[] {
  const fitting = offers.filter(({ press }) => fitsButton(press)).slice(0, 24);
  const elements = [...fitting.map(button), ...(more.length > 0 ? [overflow(more, fitting.length)] : [])];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

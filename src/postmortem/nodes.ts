import type {
  BlockContent,
  Break,
  Emphasis,
  Heading,
  Link,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
} from "mdast";
import type { Strong, Text } from "mdast";

/** Short makers of mdast nodes (https://github.com/syntax-tree/mdast). */
export const text = (value: string): Text => ({ type: "text", value });
export const strong = (value: string): Strong => ({ type: "strong", children: [text(value)] });
export const emphasis = (value: string): Emphasis => ({ type: "emphasis", children: [text(value)] });
export const link = (url: string, label: string): Link => ({ type: "link", url, children: [text(label)] });
export const lineBreak: Break = { type: "break" };

export const paragraph = (...children: (PhrasingContent | string)[]): Paragraph => ({
  type: "paragraph",
  children: children.map((child) => (typeof child === "string" ? text(child) : child)),
});

export const heading = (depth: 1 | 2, ...children: PhrasingContent[]): Heading => ({
  type: "heading",
  depth,
  children,
});

export const item = (...children: BlockContent[]): ListItem => ({
  type: "listItem",
  spread: false,
  children,
});
export const list = (children: ListItem[], ordered = false): List => ({
  type: "list",
  ordered,
  spread: false,
  children,
});

/** Generated text says what it does not know, and marks what it took for granted. */
export const notRecorded = emphasis("not recorded");
export const toBeWritten = emphasis("To be written");
export const erased = emphasis("erased");
export const assumed = emphasis("(assumed)");

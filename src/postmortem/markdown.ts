import type { Root } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { defaultHandlers, toMarkdown } from "mdast-util-to-markdown";

export const write = (root: Root): string =>
  toMarkdown(root, {
    extensions: [gfmToMarkdown()],
    handlers: { link, text },
    bullet: "-",
    emphasis: "_",
    fences: true,
    listItemIndent: "one",
  });

/**
 * A lone tilde after a space can open a deletion but never close one, and every other tilde stays escaped: `~500 users` is
 * written as people wrote it (https://github.github.com/gfm/#strikethrough-extension-).
 */
const text: typeof defaultHandlers.text = (...[node, parent, state, info]) =>
  defaultHandlers.text(node, parent, state, info).replaceAll(/(?<=\s)\\~(?=[\p{L}\p{N}])/gu, "~");

/** Without a semicolon no `&` in an address can begin a character reference: it stays as it can be copied. */
const link: typeof defaultHandlers.link = Object.assign(
  (...[node, parent, state, info]: Parameters<typeof defaultHandlers.link>) => {
    const written = defaultHandlers.link(node, parent, state, info);
    const address = written.lastIndexOf("](");
    if (address < 0 || node.url.includes(";")) return written;
    return written.slice(0, address) + written.slice(address).replaceAll("\\&", "&");
  },
  { peek: defaultHandlers.link.peek },
);

import type { BlockContent, ListItem, PhrasingContent } from "mdast";
import { legible } from "../domain/words.ts";
import { item, lineBreak, list } from "./nodes.ts";
import { codeText, inline } from "./mrkdwn-inline.ts";
import type { Reading } from "./reading.ts";

/** People's words on one line, as mdast. */
export const phrases = (body: string, reading: Reading): PhrasingContent[] =>
  inline(legible(body).replaceAll(/\s+/g, " ").trim(), reading);

/** People's words in Slack's mrkdwn as mdast: paragraphs, code, quotations and lists. Headings and HTML cannot come of them. */
export function blocks(body: string, reading: Reading): BlockContent[] {
  const found: BlockContent[] = [];
  // The pieces alternate between text and what stands between fences; an unclosed fence is text.
  const pieces = legible(body).split("```");
  if (pieces.length % 2 === 0) pieces.push("```" + (pieces.pop() ?? ""));
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1 && index < pieces.length - 1) {
      const value = codeText(piece.replace(/^\n/, "").replace(/\n$/, ""), reading);
      if (value.trim() !== "") found.push({ type: "code", value });
    } else found.push(...lineBlocks(piece.split("\n"), reading));
  }
  return found;
}

const quotePattern = /^\s*&gt; ?/;
const restQuotedPattern = /^\s*&gt;&gt;&gt; ?/;
const bulletPattern = /^(\s*)(?:[•◦▪‣·*+-]|(\d{1,9})[.)])\s+(\S.*)$/;

type Kind = "blank" | "quote" | "bullet" | "text";

function kindOf(line: string): Kind {
  if (line.trim() === "") return "blank";
  if (quotePattern.test(line)) return "quote";
  return bulletPattern.test(line) ? "bullet" : "text";
}

function lineBlocks(lines: string[], reading: Reading): BlockContent[] {
  const found: BlockContent[] = [];
  let rest = lines;
  while (rest.length > 0) {
    const [first = ""] = rest;
    if (restQuotedPattern.test(first)) {
      const quoted = [first.replace(restQuotedPattern, ""), ...rest.slice(1)];
      return [...found, ...paragraphs(quoted, reading).map(quotation)];
    }
    const kind = kindOf(first);
    const end = rest.findIndex((line) => kindOf(line) !== kind);
    const run = end < 0 ? rest : rest.slice(0, end);
    rest = rest.slice(run.length);
    if (kind === "quote")
      found.push(
        ...paragraphs(
          run.map((line) => line.replace(quotePattern, "")),
          reading,
        ).map(quotation),
      );
    else if (kind === "bullet") found.push(...lists(run, reading));
    else if (kind === "text") found.push(...paragraphs(run, reading));
  }
  return found;
}

const quotation = (block: BlockContent): BlockContent => ({ type: "blockquote", children: [block] });

/** Lines as people broke them; an empty one begins another paragraph. */
function paragraphs(lines: string[], reading: Reading): BlockContent[] {
  const found: PhrasingContent[][] = [[]];
  for (const line of lines) {
    const nodes = inline(line.trim(), reading);
    const last = found.at(-1) ?? [];
    if (nodes.length === 0) found.push([]);
    else last.push(...(last.length > 0 ? [lineBreak] : []), ...nodes);
  }
  return found.filter((children) => children.length > 0).map((children) => ({ type: "paragraph", children }));
}

interface Bullet {
  indent: number;
  ordered: boolean;
  node: ListItem;
}

/** Lines that begin with a bullet; the more indented hang below the one before, two levels deep at most. */
function lists(lines: string[], reading: Reading): BlockContent[] {
  const bullets = lines.map((line): Bullet => {
    const [, indent = "", digits, words = ""] = bulletPattern.exec(line) ?? [];
    const children = inline(words.trim(), reading);
    return {
      indent: indent.length,
      ordered: digits !== undefined,
      node: item({ type: "paragraph", children }),
    };
  });
  const outer = Math.min(...bullets.map(({ indent }) => indent));
  const found: { ordered: boolean; items: ListItem[] }[] = [];
  for (const { indent, ordered, node } of bullets) {
    const current = found.at(-1);
    const parent = current?.items.at(-1);
    if (indent > outer && parent) hang(parent, node, ordered);
    else if (current?.ordered === ordered) current.items.push(node);
    else found.push({ ordered, items: [node] });
  }
  return found.map(({ ordered, items }) => list(items, ordered));
}

function hang(parent: ListItem, node: ListItem, ordered: boolean): void {
  const below = parent.children.at(-1);
  if (below?.type === "list") below.children.push(node);
  else parent.children.push(list([node], ordered));
}

import type { Nodes, Parents } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";

/** A paragraph's own words. `at[i]` is where the i-th character of `text` stands in the source. */
export interface Prose {
  text: string;
  at: number[];
}

/** Their words are somebody else's, or no sentences. */
const quiet = new Set(["heading", "blockquote", "code", "html", "table", "definition", "footnoteDefinition"]);
const actionItems = /^(?:action|follow[- ]?up) items?$|^actions$|^follow[- ]?ups?$/i;

/** The paragraphs of a markdown document, without headings, quotations, code and action items. */
export function proseOf(markdown: string): Prose[] {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const found: Prose[] = [];
  let inActionItems: number | null = null;
  for (const node of root.children) {
    if (node.type === "heading") {
      const closes = inActionItems !== null && node.depth <= inActionItems;
      if (actionItems.test(toString(node).trim())) inActionItems = node.depth;
      else if (closes) inActionItems = null;
    } else if (inActionItems === null) collect(node, markdown, found);
  }
  return found;
}

function collect(node: Nodes, source: string, found: Prose[]): void {
  if (quiet.has(node.type)) return;
  // A task is an action item wherever it stands.
  if (node.type === "listItem" && typeof node.checked === "boolean") return;
  if (node.type === "paragraph") found.push(proseIn(node, source));
  else if ("children" in node) for (const child of node.children) collect(child, source, found);
}

function proseIn(paragraph: Parents, source: string): Prose {
  const prose: Prose = { text: "", at: [] };
  const add = (text: string, at: number) => {
    for (let index = 0; index < text.length; index++) prose.at.push(at + index);
    prose.text += text;
  };
  const visit = (node: Nodes): void => {
    const start = node.position?.start.offset ?? 0;
    if (node.type === "text") addText(node.value, start, node.position?.end.offset ?? start, add, source);
    // A word of code stands for a thing; what it says is nobody's sentence.
    else if (node.type === "inlineCode") add("code", start);
    else if (node.type === "break") add(" ", start);
    else if ("children" in node) node.children.forEach(visit);
  };
  paragraph.children.forEach(visit);
  return blankQuotes(prose);
}

/** Escapes and character references make the source longer than what it says. */
function addText(
  value: string,
  start: number,
  end: number,
  add: (text: string, at: number) => void,
  source: string,
): void {
  if (end - start === value.length) return add(value, start);
  let from = start;
  for (const character of value.split("")) {
    const next = source.indexOf(character, from);
    const at = next < 0 || next >= end ? from : next;
    add(character, at);
    from = Math.min(at + 1, end);
  }
}

const quoted =
  /"[^"\n]{1,400}"|\u201C[^\u201D\n]{1,400}\u201D|\u201E[^\u201C\u201D\n]{1,400}[\u201C\u201D]|\u00AB[^\u00BB\n]{1,400}\u00BB/g;

/** What stands in quotation marks was said by somebody; positions stay. */
const blankQuotes = ({ text, at }: Prose): Prose => ({
  text: text.replaceAll(quoted, (words) => `“${" ".repeat(words.length - 2)}”`),
  at,
});

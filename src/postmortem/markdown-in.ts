import type { BlockContent, Definition, Nodes, PhrasingContent, Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { legible } from "../domain/words.ts";
import { safeUrl } from "./control-sequence.ts";
import { item, link, list, paragraph, text } from "./nodes.ts";

/** Levels of lists and quotations that are kept; below them only the words are. */
const deepest = 8;
const smallestHeading = 6;

/**
 * What a person wrote in markdown, as part of a document: its headings go below the document's own, HTML is text, images are
 * links, references are resolved, and nothing in it reaches beyond its place.
 */
export function blocksOfMarkdown(source: string): BlockContent[] {
  const root = fromMarkdown(legible(source), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return blocksIn(root.children, { definitions: definitionsIn(root), lift: liftOf(root), depth: 0 });
}

interface Place {
  definitions: ReadonlyMap<string, Definition>;
  /** By how much its headings are lowered. */
  lift: number;
  depth: number;
}

/** The greatest heading becomes one of the third level. */
function liftOf(root: Root): number {
  const depths = root.children.flatMap((node) => (node.type === "heading" ? [node.depth] : []));
  return Math.max(0, 3 - Math.min(...depths));
}

function definitionsIn(root: Root): Map<string, Definition> {
  const found = new Map<string, Definition>();
  const visit = (node: Nodes, depth: number): void => {
    if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node);
    if ("children" in node && depth < deepest) for (const child of node.children) visit(child, depth + 1);
  };
  visit(root, 0);
  return found;
}

const blocksIn = (nodes: readonly RootContent[], place: Place): BlockContent[] =>
  nodes.flatMap((node) => blockOf(node, place));

function blockOf(node: RootContent, place: Place): BlockContent[] {
  const below = { ...place, depth: place.depth + 1 };
  switch (node.type) {
    case "heading": {
      const depth = Math.min(smallestHeading, node.depth + place.lift);
      const children = phrasesIn(node.children, place);
      // Only a heading at the top is one: https://spec.commonmark.org/0.31.2/#atx-headings
      return [
        place.depth === 0 ? { type: "heading", depth: depthOf(depth), children } : paragraph(...children),
      ];
    }
    case "paragraph":
      return [paragraph(...phrasesIn(node.children, place))];
    case "code":
      return [{ type: "code", value: node.value, ...(node.lang && { lang: wordOf(node.lang) }) }];
    case "html":
      return node.value.trim() === "" ? [] : [paragraph(node.value)];
    case "blockquote": {
      if (place.depth >= deepest) return wordsOf(node);
      const children = blocksIn(node.children, below);
      return children.length === 0 ? [] : [{ type: "blockquote", children }];
    }
    case "list": {
      if (place.depth >= deepest) return wordsOf(node);
      const items = node.children.map(({ children, checked }) => ({
        ...item(...blocksIn(children, below)),
        ...(typeof checked === "boolean" && { checked }),
      }));
      const start = node.ordered && typeof node.start === "number" ? { start: node.start } : {};
      return [{ ...list(items, node.ordered ?? false), ...start }];
    }
    case "table":
      return [
        {
          type: "table",
          align: node.align ?? [],
          children: node.children.map((row) => ({
            type: "tableRow",
            children: row.children.map((cell) => ({
              type: "tableCell",
              children: phrasesIn(cell.children, place),
            })),
          })),
        },
      ];
    case "footnoteDefinition":
      return blocksIn(node.children, place);
    case "definition":
    case "thematicBreak":
      return [];
    default:
      return wordsOf(node);
  }
}

const wordsOf = (node: Nodes): BlockContent[] => {
  const words = toString(node).trim();
  return words === "" ? [] : [paragraph(words)];
};

/** A language is one word, of what languages are called. */
const wordOf = (lang: string): string => lang.replaceAll(/[^\w+#.-]/g, "").slice(0, 40);

const depthOf = (depth: number): 3 | 4 | 5 | 6 =>
  depth <= 3 ? 3 : depth === 4 ? 4 : depth === 5 ? 5 : smallestHeading;

const phrasesIn = (nodes: readonly PhrasingContent[], place: Place): PhrasingContent[] =>
  nodes.flatMap((node) => phraseOf(node, place));

function phraseOf(node: PhrasingContent, place: Place): PhrasingContent[] {
  switch (node.type) {
    case "text":
    case "html":
      return [text(node.value)];
    case "inlineCode":
      return [{ type: "inlineCode", value: node.value }];
    case "break":
      return [{ type: "break" }];
    case "emphasis":
    case "strong":
    case "delete":
      return [{ type: node.type, children: phrasesIn(node.children, place) }];
    case "link":
      return linked(node.url, phrasesIn(node.children, place));
    case "linkReference": {
      const definition = place.definitions.get(node.identifier);
      const children = phrasesIn(node.children, place);
      return definition ? linked(definition.url, children) : children;
    }
    case "image":
      return picture(node.url, node.alt);
    case "imageReference":
      return picture(place.definitions.get(node.identifier)?.url ?? "", node.alt);
    case "footnoteReference":
      return [text(`[${node.label ?? node.identifier}]`)];
    default:
      return [];
  }
}

function linked(address: string, children: PhrasingContent[]): PhrasingContent[] {
  const url = safeUrl(address);
  return url === undefined || children.length === 0 ? children : [{ type: "link", url, children }];
}

function picture(address: string, alt: string | null | undefined): PhrasingContent[] {
  const url = safeUrl(address);
  const label = alt?.trim() ?? "";
  if (url === undefined) return label === "" ? [] : [text(label)];
  return [link(url, label === "" ? "image" : label)];
}

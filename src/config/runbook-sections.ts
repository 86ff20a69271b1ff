import type { BlockContent, DefinitionContent, List, PhrasingContent, Root, RootContent } from "mdast";
import {
  type RunbookBlock,
  runbookSections,
  type RunbookSection,
  type Span,
} from "../domain/runbooks/document.ts";
import { nearestHint } from "./nearest.ts";

interface Fault {
  /** In the body, from 1. */
  line: number;
  says: string;
}

/** Numbered items are steps under these; task items are anywhere. */
const stepped: ReadonlySet<string> = new Set(["Immediate Actions", "Diagnosis Steps"]);

/** What people also call a section of the field. */
const sameAs: Readonly<Record<string, string>> = {
  "immediate action": "Immediate Actions",
  diagnosis: "Diagnosis Steps",
  "diagnosis step": "Diagnosis Steps",
  "common cause": "Common Causes",
  mitigations: "Mitigation",
  alerts: "Alert",
  escalations: "Escalation",
};

/** The sections of a runbook's markdown, and its title, where a heading above them gives it one. */
export function readSections(tree: Root): {
  title: string | undefined;
  sections: RunbookSection[];
  faults: Fault[];
} {
  const faults: Fault[] = [];
  const sections: RunbookSection[] = [{ heading: "", blocks: [] }];
  let title: string | undefined;
  const steps = { count: 0 };
  for (const node of tree.children) {
    const line = node.position?.start.line ?? 1;
    const current = sections.at(-1);
    if (node.type !== "heading") {
      current?.blocks.push(...blocksOf(node, { steps, numbered: stepped.has(current.heading), depth: 0 }));
      continue;
    }
    const words = spansOf(node.children);
    const written = plain(words);
    const known = sectionCalled(written);
    if (known === undefined && node.depth > 2) {
      current?.blocks.push({ kind: "text", spans: [{ text: written, style: "bold" }] });
    } else if (known === undefined && node.depth === 1 && title === undefined && sections.length === 1) {
      title = written;
    } else {
      const heading = known ?? written;
      if (sections.some((section) => section.heading === heading))
        faults.push({ line, says: `the section “${heading}” stands here a second time` });
      const hint = known === undefined ? slipOf(written) : "";
      if (hint !== "") faults.push({ line, says: `“${written}” is no section${hint}` });
      sections.push({ heading, blocks: [] });
    }
  }
  const filled = sections.filter(({ heading, blocks }) => heading !== "" || blocks.length > 0);
  if (filled.length === 0)
    faults.push({
      line: 1,
      says: `the runbook is empty: expected sections such as ## ${runbookSections[0]}`,
    });
  return { title, sections: filled, faults };
}

function sectionCalled(written: string): string | undefined {
  const lower = written.toLowerCase().replace(/:$/, "");
  return runbookSections.find((name) => name.toLowerCase() === lower) ?? sameAs[lower];
}

/** A heading of one's own is welcome; one that is nearly the name of a section is a slip, which would cost its steps. */
function slipOf(written: string): string {
  const [, name = ""] = /; nearest: (.*)$/.exec(nearestHint(written, runbookSections)) ?? [];
  return name !== "" && Math.abs(name.length - written.length) <= 2 && name[0] === written[0]
    ? `; nearest: ${name}`
    : "";
}

interface Context {
  steps: { count: number };
  /** Numbered items are steps here. */
  numbered: boolean;
  depth: number;
}

function blocksOf(node: RootContent | BlockContent | DefinitionContent, context: Context): RunbookBlock[] {
  switch (node.type) {
    case "paragraph":
      return [{ kind: "text", spans: spansOf(node.children) }];
    case "heading":
      return [{ kind: "text", spans: [{ text: plain(spansOf(node.children)), style: "bold" }] }];
    case "list":
      return itemsOf(node, context);
    case "code":
      return node.value.trim() === "" ? [] : [{ kind: "code", code: node.value }];
    case "blockquote":
    case "footnoteDefinition":
      return node.children.flatMap((child) => blocksOf(child, context));
    case "table":
      return node.children.map((row) => ({
        kind: "text",
        spans: row.children.flatMap((cell, index) => [
          ...(index === 0 ? [] : [{ text: " | " }]),
          ...spansOf(cell.children),
        ]),
      }));
    case "html":
      return isComment(node.value) ? [] : [{ kind: "text", spans: [{ text: node.value }] }];
    default:
      return [];
  }
}

const isComment = (html: string): boolean => /^<!--[\s\S]*-->$/.test(html.trim());

function itemsOf(list: List, context: Context): RunbookBlock[] {
  const { depth, steps, numbered } = context;
  const inside = { ...context, depth: depth + 1 };
  return list.children.flatMap((item, index): RunbookBlock[] => {
    const [first, ...rest] = item.children;
    const opening = first?.type === "paragraph" ? spansOf(first.children) : [];
    const below = first === undefined || first.type === "paragraph" ? rest : [first, ...rest];
    const isStep = typeof item.checked === "boolean" || (list.ordered === true && numbered);
    const mark = list.ordered ? `${(list.start ?? 1) + index}.` : "•";
    const spans = plain(opening).trim() === "" ? [{ text: "(no words)" }] : opening;
    return [
      isStep
        ? { kind: "step", id: String(++steps.count), depth, spans }
        : { kind: "item", depth, mark, spans },
      ...below.flatMap((child) => blocksOf(child, inside)),
    ];
  });
}

const plain = (spans: readonly Span[]): string => spans.map(({ text }) => text).join("");

/** Phrases as pieces of one look each; of two that overlap the inner one shows, but code stays code. */
function spansOf(nodes: readonly PhrasingContent[], look: Omit<Span, "text"> = {}): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case "text":
        return [{ text: node.value.replaceAll("\n", " "), ...look }];
      case "inlineCode":
        return [{ ...look, text: node.value, style: "code" }];
      case "strong":
        return spansOf(node.children, { ...look, style: "bold" });
      case "emphasis":
        return spansOf(node.children, { ...look, style: "italic" });
      case "delete":
        return spansOf(node.children, { ...look, style: "strike" });
      case "link":
        return spansOf(node.children, isWeb(node.url) ? { ...look, url: node.url } : look);
      case "break":
        return [{ text: "\n", ...look }];
      case "image":
        return [{ text: node.alt?.trim() || node.url, ...(isWeb(node.url) && { url: node.url }) }];
      case "html":
        return isComment(node.value) ? [] : [{ text: node.value, ...look }];
      case "linkReference":
        return spansOf(node.children, look);
      case "imageReference":
        return [{ text: node.alt ?? node.identifier, ...look }];
      case "footnoteReference":
        return [{ text: `[${node.identifier}]`, ...look }];
      default:
        return node satisfies never;
    }
  });
}

const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);

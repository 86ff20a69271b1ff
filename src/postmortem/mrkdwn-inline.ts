import type { PhrasingContent } from "mdast";
import { get as emojiNamed } from "node-emoji";
import { unescapeText } from "../domain/words.ts";
import { controlSequence, safeUrl } from "./control-sequence.ts";
import { link, text } from "./nodes.ts";
import type { Reading } from "./reading.ts";

const styles = { "*": "strong", _: "emphasis", "~": "delete" } as const;
type Marker = keyof typeof styles;
const isMarker = (character: string | undefined): character is Marker =>
  character !== undefined && character in styles;

/** One line of Slack's mrkdwn. A style is not nested in itself, so no text is deeper than the number of styles. */
export function inline(line: string, reading: Reading, open: readonly Marker[] = []): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  const unclosed = new Set<string>(open);
  let plainFrom = 0;
  let at = 0;
  const take = (end: number, node: PhrasingContent) => {
    nodes.push(...plain(line.slice(plainFrom, at)), node);
    plainFrom = at = end;
  };
  while (at < line.length) {
    const character = line[at];
    if (character === "<") {
      const end = line.indexOf(">", at);
      if (end > at + 1) take(end + 1, controlSequence(line.slice(at + 1, end), reading));
      else at++;
    } else if (character === "`") {
      const end = line.indexOf("`", at + 1);
      if (end > at + 1)
        take(end + 1, { type: "inlineCode", value: codeText(line.slice(at + 1, end), reading) });
      else at++;
    } else if (isMarker(character) && !unclosed.has(character) && canOpen(line, at)) {
      const end = closing(line, at, character);
      if (end === undefined) {
        unclosed.add(character);
        at++;
      } else {
        const children = inline(line.slice(at + 1, end), reading, [...open, character]);
        take(end + 1, { type: styles[character], children });
      }
    } else at++;
  }
  nodes.push(...plain(line.slice(plainFrom)));
  return nodes;
}

const isWordy = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string | undefined) => character === undefined || /\s/.test(character);

/** A style opens after and closes before anything but a letter or digit, and hugs its text. */
const canOpen = (line: string, at: number) =>
  !isWordy(line[at - 1]) && !isSpace(line[at + 1]) && line[at - 1] !== line[at] && line[at + 1] !== line[at];

const canClose = (line: string, at: number) =>
  !isSpace(line[at - 1]) && !isWordy(line[at + 1]) && line[at + 1] !== line[at];

function closing(line: string, opened: number, marker: Marker): number | undefined {
  for (let at = opened + 2; at < line.length; at++) {
    if (line[at] === "<") {
      const end = line.indexOf(">", at);
      if (end > 0) at = end;
    } else if (line[at] === marker && canClose(line, at)) return at;
  }
  return undefined;
}

/** Code as it reads: a link in it is its address, nothing else is interpreted. */
export const codeText = (raw: string, reading: Reading): string =>
  unescapeText(
    raw.replaceAll(/<([^<>|]+)(?:\|[^<>]*)?>/g, (_whole, target: string) =>
      /^[@#!]/.test(target) ? plainOf(controlSequence(target, reading)) : target,
    ),
  );

const plainOf = (node: PhrasingContent) => (node.type === "text" ? node.value : "");

const emojiPattern = /(?<![\p{L}\p{N}]):([a-z0-9_+'-]+):(?::skin-tone-\d:)?/gu;
// Trailing punctuation belongs to the sentence; forms deliver addresses without Slack's angle brackets.
const addressPattern = /\bhttps?:\/\/[^\s<>|"`\\]*[^\s<>|"`\\.,;:!?'()[\]{}*_~]/gi;

function plain(raw: string): PhrasingContent[] {
  const written = unescapeText(raw);
  const nodes: PhrasingContent[] = [];
  let from = 0;
  for (const match of written.matchAll(addressPattern)) {
    const url = safeUrl(match[0]);
    if (url === undefined) continue;
    nodes.push(...words(written.slice(from, match.index)), link(url, match[0]));
    from = match.index + match[0].length;
  }
  return [...nodes, ...words(written.slice(from))];
}

const words = (written: string): PhrasingContent[] =>
  written === ""
    ? []
    : [text(written.replaceAll(emojiPattern, (whole, name: string) => emojiNamed(name) ?? whole))];

import { reference } from "../../domain/incident.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { fitMessage, type Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { bold, italic, lines, text } from "./parts.ts";

/** Who gave the incident another title, and which one it had. */
export function renameView({ incident, names }: ViewModel, version: number): Message | null {
  const rename = incident.renames.find((each) => each.version === version);
  if (!rename) return null;
  const to = plainWords(rename.to, names) ?? "";
  const head = `${reference(incident)} is now called “${to}”`;
  const was = `, was “${plainWords(rename.from, names) ?? ""}”`;
  return fitMessage({
    text: escapeText(head + was),
    blocks: [lines([[bold(head), text(`${was} · `), italic(`by ${nameOf(rename.by, names)}`)]])],
  });
}

import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { fitMessage, type Message } from "./limits.ts";
import { clockOf, type ViewModel } from "./model.ts";
import { bold, italic, lines, text } from "./parts.ts";

/** What somebody logged. Taken back, the text goes and the fact stays. */
export function entryView(model: ViewModel, id: string, stands: boolean): Message | null {
  const { names } = model;
  const entry = model.incident.entries.find((each) => each.id === id);
  if (!entry || (entry.hidden && !stands)) return null;
  const who = nameOf(entry.by, names);
  const clock = clockOf(model, entry.at);
  if (entry.hidden) {
    const said = `${who}’s entry for ${clock} was taken off the timeline.`;
    return fitMessage({ text: escapeText(said), blocks: [lines([[italic(said)]])] });
  }
  const said = plainWords(entry.text, names) ?? "";
  return fitMessage({
    text: escapeText(`Timeline: ${clock} ${said}`),
    blocks: [lines([[bold(clock), text(` - ${said}`)], [italic(`logged by ${who}`)]])],
  });
}

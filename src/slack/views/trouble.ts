import { escapeText } from "../../domain/words.ts";
import { fitMessage, type Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { bold, lines, text } from "./parts.ts";

/** What Slack definitely refused, said where people can act upon it. */
export function troubleView({ incident }: ViewModel, version: number): Message | null {
  const trouble = incident.troubles.find((each) => each.version === version);
  if (!trouble) return null;
  return fitMessage({
    text: escapeText(`Slack refused: ${trouble.sentence}`),
    blocks: [lines([[bold("Slack refused: "), text(trouble.sentence)]])],
  });
}

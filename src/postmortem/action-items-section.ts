import type { ListItem, PhrasingContent } from "mdast";
import { item, notRecorded, paragraph, text } from "./nodes.ts";
import { type Material, readingOf, wordsInline } from "./material.ts";
import { mention } from "./reading.ts";

/** `- [ ] Add circuit breaker (Owner: @alice, Due: 2024-02-20)`; what was dropped is left out. */
export function actionItems(material: Material): ListItem[] {
  const reading = readingOf(material);
  const known = (value: string | null): PhrasingContent => (value === null ? notRecorded : text(value));
  return material.incident.actionItems
    .filter(({ dropped }) => dropped === null)
    .map(({ text: said, owner, due, done }): ListItem => {
      const line = paragraph(
        ...wordsInline(said, reading),
        text(" (Owner: "),
        known(owner && mention(reading, owner)),
        text(", Due: "),
        known(due),
        text(")"),
      );
      return { ...item(line), checked: done !== null };
    });
}

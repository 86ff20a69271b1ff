import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { fitMessage } from "../views/limits.ts";
import { italic, lines, text } from "../views/parts.ts";
import type { SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const correctionsViews: SlotViews = {
  /** That the timeline was changed, and by whom; never what stood there. */
  correction: ({ incident, names }, { id }) => {
    const change = incident.corrections.changes.find(({ version }) => version === Number(id));
    if (!change) return null;
    return fitMessage({
      text: escapeText(`Timeline: ${change.said}`),
      blocks: [lines([[text(`Timeline: ${change.said} `), italic(`by ${nameOf(change.by, names)}`)]])],
    });
  },
};

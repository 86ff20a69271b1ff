import type { Slot } from "../../domain/incident.ts";
import { announcementView } from "./announcement.ts";
import { cardView } from "./card.ts";
import { entryView } from "./entry.ts";
import type { Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { postmortemView, sectionsView } from "./postmortem.ts";
import { reminderView } from "./reminder.ts";
import { renameView } from "./rename.ts";
import { troubleView } from "./trouble.ts";
import { updateView } from "./update.ts";

/**
 * The message of a slot as it should stand now; null when it is no longer wanted.
 * @throws for a slot that no version of Sitrep names
 */
export function renderSlot(slot: Slot, model: ViewModel): Message | null {
  const [kind = "", id = ""] = slot.split(":");
  switch (kind) {
    case "card":
      return cardView(model);
    case "announcement":
      return announcementView(model);
    case "update":
      return updateView(model, Number(id));
    case "reminder":
      return reminderView(model, Number(id));
    case "entry":
      return entryView(model, slot.slice("entry:".length));
    case "postmortem":
      return postmortemView(model);
    case "sections":
      return sectionsView(model);
    case "title":
      return renameView(model, Number(id));
    case "trouble":
      return troubleView(model, Number(id));
    default:
      throw new Error(`There is no message slot “${slot}”`);
  }
}

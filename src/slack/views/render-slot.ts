import { addressed, type Slot } from "../../domain/slot.ts";
import { actionItemsViews } from "../action-items/views.ts";
import { asksViews } from "../asks/views.ts";
import { assessmentViews } from "../assessment/views.ts";
import { audiencesViews } from "../audiences/views.ts";
import { correctionsViews } from "../corrections/views.ts";
import { endingViews } from "../ending/views.ts";
import { escalationViews } from "../escalation/views.ts";
import { mitigationViews } from "../mitigation/views.ts";
import { openingViews } from "../opening/views.ts";
import { presenceViews } from "../presence/views.ts";
import { rolesViews } from "../roles/views.ts";
import { runbooksViews } from "../runbooks/views.ts";
import { troublesViews } from "../troubles/views.ts";
import { announcementView } from "./announcement.ts";
import { markedAsDrill } from "./drill.ts";
import { cardView } from "./card.ts";
import { entryView } from "./entry.ts";
import { markedAsLate } from "./late.ts";
import type { Message } from "./limits.ts";
import type { ViewModel } from "./model.ts";
import { accessViews } from "../access/views.ts";
import { departuresViews } from "../departures/views.ts";
import { postmortemView, sectionsView } from "./postmortem.ts";
import { reminderView } from "./reminder.ts";
import { renameView } from "./rename.ts";
import type { SlotViews } from "./slot-view.ts";
import { updateView } from "./update.ts";

const slotViews: SlotViews = {
  card: cardView,
  announcement: announcementView,
  update: (model, { id, stands }) => updateView(model, Number(id.split(":")[0]), stands),
  reminder: (model, { id, stands }) => reminderView(model, Number(id), stands),
  entry: (model, { id, stands }) => entryView(model, id, stands),
  postmortem: postmortemView,
  sections: (model, { id }) => sectionsView(model, Number(id)),
  title: (model, { id }) => renameView(model, Number(id)),
  ...rolesViews,
  ...asksViews,
  ...assessmentViews,
  ...mitigationViews,
  ...escalationViews,
  ...runbooksViews,
  ...correctionsViews,
  ...endingViews,
  ...actionItemsViews,
  ...audiencesViews,
  ...presenceViews,
  ...openingViews,
  ...troublesViews,
  ...accessViews,
  ...departuresViews,
};

/**
 * The message of a slot as it should stand now; null when it is no longer wanted.
 * @throws for a slot that no version of Sitrep names
 */
export function renderSlot(full: Slot, model: ViewModel): Message | null {
  const message = viewOf(full, model);
  const marked = message && markedAsLate(message, full, model);
  return marked && model.incident.drill ? markedAsDrill(marked) : marked;
}

/** The first words of all slots that there are. */
export const slotKinds: readonly string[] = Object.keys(slotViews);

function viewOf(full: Slot, model: ViewModel): Message | null {
  const { slot, person } = addressed(full);
  const [kind = ""] = slot.split(":");
  const view = slotViews[kind];
  if (!view) throw new Error(`There is no message slot “${slot}”`);
  const stands = model.incident.posts[full] !== undefined;
  return view(model, { id: slot.slice(kind.length + 1), stands, ...(person !== undefined && { person }) });
}

import type { ModalView, RichTextBlock } from "@slack/types";
import type { Outcome } from "../handle.ts";
import { reference } from "../domain/incident.ts";
import { namesFor, type SlackRoom } from "./room.ts";
import { findingsBlock, findingsInSection, findingsInWords, newInUpdate } from "./views/findings.ts";
import { told } from "./modals/told.ts";

/** What somebody has just posted, where it blames people: shown to them alone, and nothing is held back for it. */
export async function blameIn(room: SlackRoom, outcome: Outcome): Promise<RichTextBlock[]> {
  if (!outcome.ok || outcome.repeated || !outcome.incident) return [];
  const { answer, incident } = outcome;
  const names = await namesFor(room, [incident]);
  switch (answer.type) {
    case "UpdatePosted":
      return findingsBlock(findingsInWords(newInUpdate(incident, answer.n), names));
    case "Resolved": {
      const { rootCause } = incident.sections;
      // A root cause that came with the resolution is posted by nobody else: it goes into the draft.
      const isNew = !answer.detailed && rootCause?.at === incident.resolved?.at;
      return findingsBlock([
        ...findingsInWords(newInUpdate(incident, answer.detailed ? 0 : incident.updates.length), names),
        ...(rootCause && isNew ? findingsInSection(rootCause, room.handling.rules, names) : []),
      ]);
    }
    default:
      return [];
  }
}

/** The same in the place of the form that posted it; undefined where nothing is found. */
export async function blameAfterForm(room: SlackRoom, outcome: Outcome): Promise<ModalView | undefined> {
  const blocks = await blameIn(room, outcome);
  if (blocks.length === 0 || !outcome.ok || !("number" in outcome.answer)) return undefined;
  return told(reference(outcome.answer.number), [
    "It is posted as you wrote it. Another update can say it in other words.",
    ...blocks,
  ]);
}

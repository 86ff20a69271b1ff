import type { Incident } from "../../domain/incident.ts";
import type { Slot } from "../../domain/slot.ts";
import { namesOf } from "../names.ts";
import { peopleIn } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { renderSlot } from "../views/render-slot.ts";
import { strangerOf } from "./learn-person.ts";
import type { Stage } from "./stage.ts";

/** The message of a slot as the record stands now; null when it is no longer wanted. */
export async function renderedFor(stage: Stage, incident: Incident, slot: Slot): Promise<Message | null> {
  const ids = peopleIn(incident);
  const names = new Map(await namesOf(stage.store, ids));
  for (const id of ids.filter((each) => !names.has(each))) {
    const person = await strangerOf(stage, id);
    if (person) names.set(id, person.name);
  }
  return renderSlot(slot, {
    incident,
    rules: stage.rules,
    now: stage.clock.now(),
    names,
    teamUrl: stage.auth.teamUrl,
  });
}

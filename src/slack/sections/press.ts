import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import type { SectionsPress } from "./ids.ts";
import { openReplace, openSections } from "./open.ts";

export async function onSectionsPress(
  room: SlackRoom,
  { triggerId }: Pressed,
  press: SectionsPress,
): Promise<PressAnswer> {
  const incident = await room.handling.store.incident(press.incident);
  if (!incident) return { answer: reply(`There is no ${reference(press.incident)}.`) };
  switch (press.do) {
    case "OpenSections":
      return { answer: await openSections(room, triggerId, incident) };
    case "OpenReplace":
      return { answer: await openReplace(room, triggerId, incident) };
    default:
      return press satisfies never;
  }
}

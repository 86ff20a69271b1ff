import type { Incident } from "../../domain/incident.ts";
import type { SlackRoom } from "../room.ts";
import type { Message } from "../views/limits.ts";
import { readTimeline } from "./load.ts";
import { timelineView } from "./timeline-view.ts";

export async function showTimeline(room: SlackRoom, incident: Incident, page: number): Promise<Message> {
  return timelineView(await readTimeline(room, incident), {
    number: incident.number,
    page,
    zone: room.handling.rules.timezone,
    now: room.clock.now(),
  });
}

import { isOpen } from "../../domain/incident.ts";
import { homeView } from "../home/home-view.ts";
import { waitingOn } from "../home/waiting.ts";
import { namesFor, type SlackRoom } from "../room.ts";
import { seenIncidents } from "../sight.ts";

/** https://docs.slack.dev/reference/events/app_home_opened */
export interface AppHomeEvent {
  user: string;
  tab?: "home" | "messages" | undefined;
}

/** Shown anew each time somebody looks; nothing of it is kept, so a failure is Slack's to show. */
export async function onAppHome(room: SlackRoom, { user, tab }: AppHomeEvent): Promise<void> {
  if (tab !== "home") return;
  const incidents = await seenIncidents(room, { user, channel: "" });
  const open = incidents.filter(isOpen);
  const now = room.clock.now();
  const waiting = waitingOn(user, incidents, now);
  const names = await namesFor(room, [...open, ...waiting.map(({ incident }) => incident)]);
  await room.configuration.refresh();
  const warnings = (await room.standing.isColleague(user)) ? room.configuration.warnings() : [];
  const subscribed = (await room.handling.store.subscribers()).includes(user);
  const zone = room.handling.rules.timezone;
  const view = homeView({ open, waiting, warnings, subscribed, now, names, zone });
  const client = room.interactive;
  try {
    await client.views.publish({ user_id: user, view });
  } catch (error) {
    room.log.warn({ err: error }, "App Home could not be published");
  }
}

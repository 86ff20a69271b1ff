import { reference } from "../../domain/incident.ts";
import type { PressAnswer, Pressed } from "../actions/pressed.ts";
import { recordInput } from "../input.ts";
import { pressKeys } from "../keys.ts";
import { openForm } from "../modals/open.ts";
import type { SlackRoom } from "../room.ts";
import { reply } from "../views/reply.ts";
import { entryForm } from "./form.ts";
import type { CorrectionsPress } from "./ids.ts";
import { readTimeline } from "./load.ts";
import { openLog } from "./log-form.ts";
import { shortcutMark } from "./shortcut.ts";
import { showTimeline } from "./show.ts";

export async function onCorrectionsPress(
  room: SlackRoom,
  pressed: Pressed,
  press: CorrectionsPress,
): Promise<PressAnswer> {
  const incident = await room.handling.store.incident(press.incident);
  if (!incident) return { answer: reply(`There is no ${reference(press.incident)}.`) };
  switch (press.do) {
    case "ShowTimeline":
      return { answer: await showTimeline(room, incident, press.page ?? 0), replaces: press.page !== null };
    case "EditEntry": {
      const entry = (await readTimeline(room, incident)).find(({ id }) => id === press.entry);
      if (!entry) return { answer: reply("That entry is no longer on the timeline.") };
      const { rules } = room.handling;
      const view = entryForm(incident, entry, { zone: rules.timezone, now: room.clock.now() });
      return { answer: await openForm(room, pressed.triggerId, view, { label: "Edit", press }) };
    }
    case "OpenLog":
      return { answer: await openLog(room, pressed.triggerId, incident) };
    case "UnmarkMessage": {
      const { channel, ts } = press;
      const { user, action } = pressed;
      await recordInput(
        room,
        await shortcutMark(room, { incident: incident.number, channel, ts, user, present: false }),
        { keys: pressKeys({ ...action, user }) },
      );
      return { answer: reply(`Taken off the timeline of ${reference(incident)}.`), replaces: true };
    }
    default:
      return press satisfies never;
  }
}

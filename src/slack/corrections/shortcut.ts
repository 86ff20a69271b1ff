import { reference } from "../../domain/incident.ts";
import { anybody, isVisibleTo } from "../../domain/policy/visibility.ts";
import type { MessageFact } from "../../domain/record.ts";
import { formatClock, instantOfTs } from "../../domain/time.ts";
import { permalink } from "../../postmortem/material.ts";
import { recordInput, recordRead } from "../input.ts";
import { openForm } from "../modals/open.ts";
import { namesFor, type SlackRoom } from "../room.ts";
import { plain, plainWords } from "../text.ts";
import type { RunMessageShortcut, UsedOnMessage } from "../used-shortcut.ts";
import { type Message, shortenLabel } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { incidentAt } from "../whereabouts.ts";
import { addEntryForm } from "./form.ts";

const kind = "shortcut";
const mostIncidents = 50;

/** The message shortcut *Add to timeline*: a mark in an incident's channel, an entry from anywhere else. */
export const addToTimeline: RunMessageShortcut = async (room, used) => {
  const { message } = used;
  const number = await incidentAt(room.handling.store, message);
  return number === undefined ? fromElsewhere(room, used) : mark(room, used, number);
};

async function mark(
  room: SlackRoom,
  { user, keys, message }: UsedOnMessage,
  number: number,
): Promise<Message> {
  const { channel, ts, threadTs, author, text, files, editedTs } = message;
  if (author === null || author === room.auth.botUserId)
    return reply("What apps post is on record already, or is nobody’s word: nothing was added.");
  const recordedAt = room.clock.now();
  const at = { incident: number, channel, ts, recordedAt };
  const known = await room.handling.store.message(channel, ts);
  const alreadyMarked = known?.marks.some(
    (each) => each.present && each.person === user && each.kind === kind,
  );
  // It may be from before Sitrep was listening.
  if (!known?.said)
    await recordRead(room, {
      type: "MessageSaid",
      ...at,
      author,
      text,
      threadTs,
      files,
      editedTs,
    });
  await recordInput(room, await shortcutMark(room, { incident: number, channel, ts, user, present: true }), {
    keys,
  });
  const when = formatClock(instantOfTs(ts), room.handling.rules.timezone, recordedAt);
  return reply(
    `${alreadyMarked ? "That message stands" : "The message now stands"} on the timeline of ${reference(number)} at its own time, ${when}.`,
    [{ label: "Undo", press: { do: "UnmarkMessage", incident: number, channel, ts } }],
  );
}

/** The mark that the shortcut makes, or its end: later than what the person said before, in the same instant too. */
export async function shortcutMark(
  room: SlackRoom,
  {
    user,
    present,
    ...where
  }: { incident: number; channel: string; ts: string; user: string; present: boolean },
): Promise<MessageFact> {
  const recordedAt = room.clock.now();
  const known = await room.handling.store.message(where.channel, where.ts);
  const before = known?.marks.find((each) => each.person === user && each.kind === kind)?.eventTs;
  const now = `${Math.floor(recordedAt / 1000)}.${String(recordedAt % 1000).padStart(3, "0")}000`;
  const eventTs = before !== undefined && before >= now ? after(before) : now;
  return { type: "MarkChanged", ...where, recordedAt, person: user, kind, present, eventTs };
}

function after(eventTs: string): string {
  const [seconds = "0", fraction = "0"] = eventTs.split(".");
  const next = Number(fraction) + 1;
  return next > 999_999 ? `${Number(seconds) + 1}.000000` : `${seconds}.${String(next).padStart(6, "0")}`;
}

async function fromElsewhere(
  room: SlackRoom,
  { triggerId, message }: UsedOnMessage,
): Promise<Message | null> {
  const all = await room.handling.store.incidents({ open: true });
  const open = all.filter((incident) => isVisibleTo(incident, anybody)).slice(0, mostIncidents);
  if (open.length === 0) return reply("No incident is open, so there is no timeline to add it to.");
  const names = await namesFor(room, open);
  const view = addEntryForm(
    open.map((incident) => ({
      number: incident.number,
      label: shortenLabel(`${reference(incident)} ${plainWords(incident.title, names) ?? ""}`, 75),
    })),
    {
      text: plain(message.text, names),
      saidAt: instantOfTs(message.ts),
      link: permalink(room.auth.teamUrl, message),
    },
    { zone: room.handling.rules.timezone, now: room.clock.now() },
  );
  return openForm(room, triggerId, view, {
    label: "How to log",
    press: { do: "ShowHelp", command: "/incident", topic: "log" },
  });
}

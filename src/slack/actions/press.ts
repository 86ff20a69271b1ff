import type { AckFn, RespondFn } from "@slack/bolt";
import { slackUser } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { handle } from "../../handle.ts";
import { answerTo } from "../commands/answers.ts";
import { exportTo } from "../commands/export.ts";
import { list, runLine } from "../commands/run.ts";
import { verbOf } from "../commands/vocabulary.ts";
import { type Press, readPress } from "../ids.ts";
import { offerKeys, pressKeys } from "../keys.ts";
import {
  openDeclare,
  openResolve,
  openSections,
  openSeverity,
  openTitle,
  openUpdate,
} from "../modals/open.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { code } from "../text.ts";
import { helpView } from "../views/help.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { statusView } from "../views/status.ts";

/** A button somebody pressed. */
export interface Pressed {
  user: string;
  channel: string;
  triggerId: string;
  responseUrl: string;
  /** The button stands in an answer that only the presser sees. */
  ephemeral: boolean;
  action: { action_id: string; action_ts: string; value?: string | undefined };
}

/** Answered for the presser alone, by the response URL: a press has no other way. What it changes shows in the channel. */
export async function onPress(
  room: SlackRoom,
  pressed: Pressed,
  { ack, respond }: { ack: AckFn<void>; respond: RespondFn },
): Promise<void> {
  const press = readPress(pressed.action.action_id, pressed.action.value);
  if (press && isChange(press)) {
    const answer = await change(room, pressed, press);
    await ack();
    // An offer that was taken up is gone; a message in the channel is the outbox's to edit.
    return tell(room, respond, answer, pressed.ephemeral);
  }
  await ack();
  return tell(room, respond, press ? await question(room, pressed, press) : stale, false);
}

const stale = reply(
  `This button is from another version of Sitrep, so nothing was done. ${code("/incident")} shows what can be done now.`,
);

const missing = (number: number): Message => reply(`There is no ${reference(number)}.`);

type Change = Extract<Press, { do: "PostDraft" | "Snooze" | "UndoEntry" | "Export" | "Run" }>;
type Question = Exclude<Press, Change>;

const isChange = (press: Press): press is Change =>
  ["PostDraft", "Snooze", "UndoEntry", "Export", "Run"].includes(press.do);

async function change(room: SlackRoom, pressed: Pressed, press: Change): Promise<Message | null> {
  const { action, user } = pressed;
  const keys = pressKeys({ ...action, user });
  const by = { at: room.clock.now(), actor: slackUser(user) };
  const carryOut = async (command: Command) => {
    const outcome = await handle(room.handling, command, { keys });
    return outcome.ok && !pressed.ephemeral ? null : answerTo(room, outcome);
  };
  switch (press.do) {
    case "PostDraft":
      return carryOut({ type: "PostDraft", ...by, incident: press.incident, due: press.due });
    case "Snooze":
      return carryOut({ type: "SnoozeUpdate", ...by, incident: press.incident, due: press.due, minutes: 10 });
    case "UndoEntry":
      return carryOut({ type: "UndoEntry", ...by, incident: press.incident, entry: press.entry });
    case "Export": {
      const incident = await room.handling.store.incident(press.incident);
      return incident ? exportTo(room, { ...pressed, keys }, incident) : missing(press.incident);
    }
    case "Run": {
      const { command, line, once } = press;
      const { channel, triggerId, responseUrl } = pressed;
      return runLine(room, {
        command,
        line,
        user,
        channel,
        triggerId,
        responseUrl,
        keys: [...keys, ...offerKeys(once)],
      });
    }
    default:
      return press satisfies never;
  }
}

async function question(room: SlackRoom, pressed: Pressed, press: Question): Promise<Message | null> {
  const { triggerId } = pressed;
  switch (press.do) {
    case "OpenDeclare":
      return openDeclare(room, { command: press.command, triggerId });
    case "ShowList":
      return list(room, press, "open");
    case "ShowHelp":
      return helpView(press.command, verbOf.get(press.topic ?? "") ?? null, room.handling.rules);
    case "EditDraft":
    case "OpenUpdate":
    case "OpenResolve":
    case "OpenSeverity":
    case "OpenTitle":
    case "OpenSections":
    case "ShowStatus": {
      const incident = await room.handling.store.incident(press.incident);
      return incident ? aboutIncident(room, pressed, press, incident) : missing(press.incident);
    }
    default:
      return press satisfies never;
  }
}

type AboutIncident = Extract<Question, { incident: number }>;

async function aboutIncident(
  room: SlackRoom,
  pressed: Pressed,
  press: AboutIncident,
  incident: Incident,
): Promise<Message | null> {
  const { triggerId } = pressed;
  switch (press.do) {
    case "EditDraft": {
      const isLive = incident.reminder?.due === press.due && !incident.reminder.snoozed;
      if (isLive || incident.resolved) return openUpdate(room, triggerId, incident, press.due);
      return reply("That reminder is done with. To post another update:", [
        { label: "Update", press: { do: "OpenUpdate", incident: incident.number } },
      ]);
    }
    case "OpenUpdate":
      return openUpdate(room, triggerId, incident);
    case "OpenResolve":
      return openResolve(room, triggerId, incident);
    case "OpenSeverity":
      return openSeverity(room, triggerId, incident, press.to);
    case "OpenTitle":
      return openTitle(room, triggerId, incident);
    case "OpenSections":
      return openSections(room, triggerId, incident);
    case "ShowStatus":
      return statusView(await modelOf(room, incident), "/incident");
    default:
      return press satisfies never;
  }
}

async function tell(
  room: SlackRoom,
  respond: RespondFn,
  answer: Message | null,
  replace: boolean,
): Promise<void> {
  if (!answer) return;
  try {
    await respond({ ...answer, response_type: "ephemeral", replace_original: replace });
  } catch (error) {
    room.log.warn({ err: error }, "an answer to a button could not be delivered");
  }
}

import type { AckFn, RespondFn } from "@slack/bolt";
import { slackUser } from "../../domain/actor.ts";
import type { Command } from "../../domain/command.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { blameIn } from "../blame.ts";
import { answerTo } from "../commands/answers.ts";
import { confirmHere } from "../commands/declare.ts";
import { exportTo } from "../commands/export.ts";
import { list, runLine } from "../commands/run.ts";
import { verbOf } from "../commands/vocabulary.ts";
import { type Press, readPress } from "../ids.ts";
import { onPart } from "./part-press.ts";
import type { Pressed } from "./pressed.ts";
import { refusalOf } from "../guests.ts";
import { handleInput } from "../input.ts";
import { seenIncident } from "../sight.ts";
import { offerKeys, pressKeys } from "../keys.ts";
import { openDeclare, openResolve, openSeverity, openTitle, openUpdate } from "../modals/open.ts";
import { modelOf, type SlackRoom } from "../room.ts";
import { tellInPerson } from "../tell-in-person.ts";
import { code } from "../text.ts";
import { helpView } from "../views/help.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { statusView } from "../views/status.ts";

/** Answered for the presser alone, by the response URL: a press has no other way. What it changes shows in the channel. */
export async function onPress(
  room: SlackRoom,
  pressed: Pressed,
  { ack, respond }: { ack: AckFn<void>; respond: RespondFn },
): Promise<void> {
  const press = readPress(pressed.action.action_id, pressed.action.value);
  const refusal = (await refusalOf(room, pressed.user)) ?? (press && (await unseen(room, pressed, press)));
  if (refusal) {
    await ack();
    return tell(room, pressed, respond, refusal, false);
  }
  if (press && isChange(press)) {
    const answer = await change(room, pressed, press);
    await ack();
    // An offer that was taken up is gone; a message in the channel is the outbox's to edit.
    return tell(room, pressed, respond, answer, pressed.ephemeral);
  }
  if (press && !isQuestion(press)) {
    const { answer, replaces = false } = await onPart(room, pressed, press);
    await ack();
    return tell(room, pressed, respond, answer, replaces && pressed.ephemeral);
  }
  await ack();
  return tell(room, pressed, respond, press ? await question(room, pressed, press) : stale, false);
}

const stale = reply(
  `This button is from another version of Sitrep, so nothing was done. ${code("/incident")} shows what can be done now.`,
);

const missing = (number: number): Message => reply(`There is no ${reference(number)}.`);

/** A button about an incident that its presser may not know of any more is answered as one about none. */
async function unseen(room: SlackRoom, { user, channel }: Pressed, press: Press): Promise<Message | null> {
  if (!("incident" in press)) return null;
  return (await seenIncident(room, { user, channel }, press.incident)) ? null : missing(press.incident);
}

type Change = Extract<Press, { do: "PostDraft" | "Snooze" | "UndoEntry" | "Export" | "Run" | "DeclareHere" }>;
type Question = Extract<Press, { do: (typeof questions)[number] }>;
const questions = [
  "OpenDeclare",
  "ShowList",
  "ShowHelp",
  "EditDraft",
  "OpenUpdate",
  "OpenResolve",
  "OpenSeverity",
  "OpenTitle",
  "ShowStatus",
] as const;
const isQuestion = (press: Press): press is Question => questions.some((each) => each === press.do);

const isChange = (press: Press): press is Change =>
  ["PostDraft", "Snooze", "UndoEntry", "Export", "Run", "DeclareHere"].includes(press.do);

async function change(room: SlackRoom, pressed: Pressed, press: Change): Promise<Message | null> {
  const { action, user } = pressed;
  const keys = pressKeys({ ...action, user });
  const by = { at: room.clock.now(), actor: slackUser(user) };
  const carryOut = async (command: Command) => {
    const outcome = await handleInput(room, command, { keys });
    if (!outcome.ok || pressed.ephemeral) return answerTo(room, outcome);
    // What it changes shows in the channel; only how it reads is for the presser.
    return (await blameIn(room, outcome)).length > 0 ? answerTo(room, outcome) : null;
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
        keys: offerKeys({ ...action, user }, once),
      });
    }
    case "DeclareHere": {
      const { command, line, once } = press;
      const asked = { ...pressed, command, line, keys: offerKeys({ ...action, user }, once) };
      return confirmHere(room, asked, line);
    }
    default:
      return press satisfies never;
  }
}

async function question(room: SlackRoom, pressed: Pressed, press: Question): Promise<Message | null> {
  const { triggerId } = pressed;
  switch (press.do) {
    case "OpenDeclare":
      return openDeclare(room, { command: press.command, triggerId }, { private: press.private ?? false });
    case "ShowList":
      return list(room, { ...pressed, command: press.command }, "open");
    case "ShowHelp":
      return helpView(press.command, verbOf.get(press.topic ?? "") ?? null, room.handling.rules);
    case "EditDraft":
    case "OpenUpdate":
    case "OpenResolve":
    case "OpenSeverity":
    case "OpenTitle":
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
    case "ShowStatus":
      return statusView(await modelOf(room, incident), "/incident");
    default:
      return press satisfies never;
  }
}

async function tell(
  room: SlackRoom,
  { user, responseUrl }: Pressed,
  respond: RespondFn,
  answer: Message | null,
  replace: boolean,
): Promise<void> {
  if (!answer) return;
  // On App Home there is no message to answer to.
  if (responseUrl === "") return tellInPerson(room, user, answer);
  try {
    await respond({ ...answer, response_type: "ephemeral", replace_original: replace });
  } catch (error) {
    room.log.warn({ err: error }, "an answer to a button could not be delivered");
  }
}

import { formatClock, parseClock } from "../../domain/time.ts";
import type { Command } from "../../domain/command.ts";
import type { Incident } from "../../domain/incident.ts";
import { openLog } from "../corrections/log-form.ts";
import { handleInput } from "../input.ts";
import { openResolve, openTitle, openUpdate } from "../modals/open.ts";
import { openSections } from "../sections/open.ts";
import { modelOf, namesFor, newWords, type SlackRoom } from "../room.ts";
import { seenIncidents } from "../sight.ts";
import { code, plain, safe } from "../text.ts";
import { incidentAt } from "../whereabouts.ts";
import { helpOffer, helpView, menuView } from "../views/help.ts";
import type { Message } from "../views/limits.ts";
import { listView } from "../views/list.ts";
import { reply } from "../views/reply.ts";
import { statusView } from "../views/status.ts";
import { answerTo } from "./answers.ts";
import { type Asked, byAsker, meantIncident } from "./asked.ts";
import { changeSeverity, changeStatus } from "./change.ts";
import { declare } from "./declare.ts";
import { exportTo } from "./export.ts";
import { type Parsed, parseLine } from "./parse.ts";
import { partVerbs } from "./part-verbs.ts";

type Of<Kind extends Parsed["kind"]> = Extract<Parsed, { kind: Kind }>;

/** Carries out a line. Null: a form was opened, which is answer enough. */
export async function runLine(room: SlackRoom, asked: Asked): Promise<Message | null> {
  const parsed = parseLine(asked.line);
  switch (parsed.kind) {
    case "nothing":
      return controlPanel(room, asked, parsed.reference);
    case "declare":
      return declare(room, asked, parsed);
    case "list":
      return list(room, asked, parsed.which);
    case "help":
      return helpView(asked.command, parsed.topic, room.handling.rules);
    case "unclear":
      return unclear(room, asked, parsed);
    case "unknown":
      return unknown(room, asked, parsed);
    case "part":
      return part(room, asked, parsed);
    default: {
      const meant = await meantIncident(room, asked, { verb: parsed.kind, named: parsed.reference });
      return "question" in meant ? meant.question : onIncident(room, asked, meant.incident, parsed);
    }
  }
}

/** A command of a folder of its own. */
async function part(room: SlackRoom, asked: Asked, { verb, reference, rest }: Of<"part">) {
  const runner = partVerbs[verb];
  if (runner.on === "anywhere") return runner.run(room, asked, rest);
  const meant = await meantIncident(room, asked, { verb, named: reference });
  return "question" in meant ? meant.question : runner.run(room, asked, meant.incident, rest);
}

type OnIncident = Exclude<
  Parsed,
  { kind: "nothing" | "declare" | "list" | "help" | "unclear" | "unknown" | "part" }
>;

async function onIncident(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  parsed: OnIncident,
): Promise<Message | null> {
  const { number } = incident;
  const by = { ...byAsker(room, asked), incident: number };
  const change = async (command: Command) =>
    answerTo(room, await handleInput(room, command, { keys: asked.keys }));
  switch (parsed.kind) {
    case "update":
      return parsed.text === ""
        ? openUpdate(room, asked.triggerId, incident)
        : change({ type: "PublishUpdate", ...by, currentAction: newWords(room, parsed.text) });
    case "status":
      return changeStatus(room, asked, incident, parsed.to);
    case "severity":
      return changeSeverity(room, asked, incident, parsed);
    case "title":
      return parsed.text === ""
        ? openTitle(room, asked.triggerId, incident)
        : change({ type: "SetTitle", ...by, title: newWords(room, parsed.text) });
    case "log":
      return log(room, asked, incident, parsed);
    case "resolve":
      return parsed.text === ""
        ? openResolve(room, asked.triggerId, incident)
        : change({ type: "Resolve", ...by, fix: newWords(room, parsed.text) });
    case "postmortem":
      return openSections(room, asked.triggerId, incident);
    case "export":
      return exportTo(room, asked, incident);
    case "snooze": {
      if (!incident.reminder) return nothingToSnooze(room, incident, by.at);
      return change({ type: "SnoozeUpdate", ...by, due: incident.reminder.due, minutes: parsed.minutes });
    }
    default:
      return parsed satisfies never;
  }
}

function nothingToSnooze(room: SlackRoom, { nextDue, pausedSince }: Incident, now: number): Message {
  const when =
    nextDue === null || pausedSince !== null
      ? ""
      : ` The next update is due at ${formatClock(nextDue, room.handling.rules.timezone, now)}.`;
  return reply(`No update reminder is waiting, so there is nothing to snooze.${when}`);
}

async function controlPanel(room: SlackRoom, asked: Asked, named: number | null): Promise<Message> {
  if (named === null && (await incidentAt(room.handling.store, asked)) === undefined)
    return menuView(asked.command);
  const meant = await meantIncident(room, asked, { verb: "status", named });
  return "question" in meant
    ? meant.question
    : statusView(await modelOf(room, meant.incident), asked.command);
}

async function log(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  { time, text }: Of<"log">,
): Promise<Message | null> {
  const by = byAsker(room, asked);
  const zone = room.handling.rules.timezone;
  if (text === "") return openLog(room, asked.triggerId, incident, time);
  const happened = time === null ? { at: by.at } : parseClock(time, zone, by.at, "past");
  if ("fault" in happened) return reply(`${safe(happened.fault)}. Nothing was logged.`);
  const outcome = await handleInput(
    room,
    {
      type: "LogEntry",
      ...by,
      incident: incident.number,
      entry: room.newId(),
      happenedAt: happened.at,
      text: newWords(room, text),
    },
    { keys: asked.keys },
  );
  return answerTo(room, outcome);
}

export async function list(
  room: SlackRoom,
  asked: Pick<Asked, "command" | "user" | "channel">,
  which: Of<"list">["which"],
): Promise<Message> {
  const filter = which === "open" ? { open: true } : which === "all" ? {} : { severity: which };
  const incidents = await seenIncidents(room, asked, filter);
  const names = await namesFor(room, incidents);
  return listView(incidents, which, { now: room.clock.now(), names, command: asked.command });
}

function unclear(room: SlackRoom, { command }: Asked, said: Of<"unclear">): Message {
  const { verb, instead, isMeant = false } = said;
  const sentence = safe(said.sentence);
  const how = `${code(`${command} help ${verb}`)} says how it is written.`;
  if (verb === "help") return reply(sentence, [helpOffer(command)]);
  if (instead === null) return reply(`${sentence} ${how}`);
  const press = isMeant ? "To declare it, press" : "If it belongs to the title, press";
  return reply(`${sentence} ${press}; ${how}`, [
    {
      label: plain(instead, new Map()).replace(/^declare/, "Declare"),
      press: { do: "Run", command, line: instead, once: room.newId() },
    },
  ]);
}

function unknown(room: SlackRoom, asked: Asked, { word, nearest, line, several }: Of<"unknown">): Message {
  const { command } = asked;
  const title = plain(line, new Map());
  const offers = [
    {
      label: `Declare “${title}”`,
      press: { do: "Run" as const, command, line: `declare ${line}`, once: room.newId() },
    },
    helpOffer(command),
  ];
  if (nearest !== null)
    return reply(
      `I do not know ${code(plain(word, new Map()))}, so nothing was done. Did you mean ${code(`${command} ${nearest}`)}?`,
      several ? offers : [helpOffer(command)],
    );
  return reply(
    `${code(plain(several ? line : word, new Map()))} is no command, so nothing was done. To open an incident with that title, press:`,
    offers,
  );
}

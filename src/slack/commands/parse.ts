import { namedIncident } from "../../domain/named-incident.ts";
import type { LiveStatus, Severity } from "../../domain/vocab.ts";
import { type DeclareLine, declareLine, parseDeclare, type Unclear } from "./declare-line.ts";
import { dashes, flagOf, isUnknownFlag } from "./flags.ts";
import { readLogLine } from "../../domain/reading/log-line.ts";
import { bare, cut, severityOf, unquoted } from "../../domain/reading/line.ts";
import { commandOf, nearestTo } from "./nearest.ts";
import { severityNamed, statusNamed } from "./stage-words.ts";
import type { Verb } from "./vocabulary.ts";

/** The incident that was named, by its number; null: the one of the channel. */
type Reference = number | null;

/** What `/incident` and `/sitrep` were asked. Texts are as Slack sent them, encoded. */
export type Parsed =
  | { kind: "nothing"; reference: Reference }
  | DeclareLine
  | { kind: "update"; reference: Reference; text: string }
  /** `to` null: shown, not set. */
  | { kind: "status"; reference: Reference; to: LiveStatus | "mitigated" | null }
  /** `severity` null: asked for in a form. */
  | { kind: "severity"; reference: Reference; severity: Severity | null; reason: string }
  | { kind: "title"; reference: Reference; text: string }
  | { kind: "log"; reference: Reference; time: string | null; text: string }
  | { kind: "resolve"; reference: Reference; text: string }
  | { kind: "postmortem"; reference: Reference }
  | { kind: "export"; reference: Reference }
  | { kind: "list"; which: "open" | "all" | Severity }
  | { kind: "snooze"; reference: Reference; minutes: number }
  | { kind: "help"; topic: Verb | null }
  /** A command that a folder of its own carries out. */
  | { kind: "part"; verb: PartVerb; reference: Reference; rest: string }
  | Unclear
  /** No command at all. `nearest` is the word that is spelt most alike. */
  | { kind: "unknown"; word: string; nearest: string | null; line: string; several: boolean };

/** A command that a folder of its own carries out. */
export type PartVerb = Exclude<
  Verb,
  | "declare"
  | "update"
  | "status"
  | "severity"
  | "title"
  | "log"
  | "resolve"
  | "postmortem"
  | "export"
  | "list"
  | "snooze"
  | "help"
>;

export function parseLine(line: string): Parsed {
  const [first, afterFirst] = cut(line);
  const named = namedIncident(first);
  const [word, rest] = named === null ? [first, afterFirst] : cut(afterFirst);
  if (word === "") return { kind: "nothing", reference: named };
  const flag = flagOf(word);
  if (flag !== null) return parseFlag(flag, [word, rest].join(" ").trim());
  const command = commandOf(word, rest);
  if (command === null) return unknownLine(word, rest);
  // `status INC-42` is as clear as `INC-42 status`; what follows `duplicate` is the other incident.
  const { verb, more } = command;
  const behind = named === null && verb !== "duplicate" ? namedIncident(more) : null;
  return parseVerb(verb, named ?? behind, behind === null ? more : "");
}

function parseVerb(verb: Verb, reference: Reference, rest: string): Parsed {
  switch (verb) {
    case "declare":
      return parseDeclare(rest);
    case "update":
    case "resolve":
    case "title":
      return { kind: verb, reference, text: unquoted(rest) };
    case "status":
      return parseStatus(reference, rest);
    case "severity":
      return parseSeverity(reference, rest);
    case "log":
      return { kind: "log", reference, ...readLogLine(rest) };
    case "postmortem":
    case "export":
      return { kind: verb, reference };
    case "list":
      return parseList(rest);
    case "snooze":
      return parseSnooze(reference, rest);
    case "help":
      return parseHelp(rest);
    default:
      return { kind: "part", verb, reference, rest };
  }
}

function parseStatus(reference: Reference, rest: string): Parsed {
  if (rest === "") return { kind: "status", reference, to: null };
  const named = statusNamed(rest);
  if ("fault" in named) return { kind: "unclear", verb: "status", sentence: named.fault, instead: null };
  const { status, more } = named;
  switch (status) {
    case "resolved":
      return { kind: "resolve", reference, text: unquoted(more) };
    case "closed":
      return { kind: "part", verb: "close", reference, rest: more };
    case "cancelled":
      return { kind: "part", verb: "cancel", reference, rest: more };
    default:
      return { kind: "status", reference, to: status };
  }
}

function parseSeverity(reference: Reference, rest: string): Parsed {
  if (rest === "") return { kind: "severity", reference, severity: null, reason: "" };
  const named = severityNamed(rest);
  return "fault" in named
    ? { kind: "unclear", verb: "severity", sentence: named.fault, instead: null }
    : { kind: "severity", reference, ...named };
}

/** Whoever wanted `--private` must not get a public incident, nor one that a slip has opened. */
function parseFlag(flag: string, line: string): Parsed {
  if (flag === "-h" || flag === "--help") return { kind: "help", topic: null };
  const parsed = parseDeclare(line);
  if (parsed.kind === "unclear") return parsed;
  return {
    kind: "unclear",
    verb: "declare",
    sentence: `“${flag}” belongs behind “declare”, so nothing was declared.`,
    instead: parsed.title === "" ? null : declareLine(parsed),
    isMeant: true,
  };
}

function parseList(rest: string): Parsed {
  const asked = bare(rest.replace(dashes, ""));
  if (asked === "" || asked === "open") return { kind: "list", which: "open" };
  if (asked === "all") return { kind: "list", which: "all" };
  const severity = severityOf(asked.replace(/[\s-]/g, "").toUpperCase());
  if (severity !== null) return { kind: "list", which: severity };
  return {
    kind: "unclear",
    verb: "list",
    sentence: `I list “open”, “all”, or a severity such as “sev1”; I do not know “${rest}”.`,
    instead: null,
  };
}

function parseSnooze(reference: Reference, rest: string): Parsed {
  if (rest === "") return { kind: "snooze", reference, minutes: 10 };
  const length = /^(\d{1,3})\s*(?:m|min|mins|minutes?)?$/i.exec(rest);
  const minutes = Number(length?.[1] ?? 0);
  if (minutes >= 1 && minutes <= 60) return { kind: "snooze", reference, minutes };
  return {
    kind: "unclear",
    verb: "snooze",
    sentence: `“${rest}” is no number of minutes from 1 to 60: write 10m.`,
    instead: null,
  };
}

function parseHelp(rest: string): Parsed {
  const [word, behind] = cut(rest);
  if (bare(word) === "") return { kind: "help", topic: null };
  const topic = commandOf(word, behind)?.verb ?? null;
  if (topic !== null) return { kind: "help", topic };
  const nearest = nearestTo(bare(word), false);
  if (nearest !== null)
    return { kind: "unknown", word, nearest: `help ${cut(nearest)[0]}`, line: rest, several: false };
  return { kind: "unclear", verb: "help", sentence: `“${word}” is no command.`, instead: null };
}

function unknownLine(word: string, rest: string): Parsed {
  if (/^sev\W?\d/i.test(word)) return severityAlone(word, rest);
  const line = [word, rest].join(" ").trim();
  const nearest = nearestTo(bare(word), rest !== "");
  if (nearest === null && rest.split(/\s+/).some(isUnknownFlag)) return parseDeclare(line);
  return { kind: "unknown", word, nearest, line, several: rest !== "" };
}

/** `sev2 checkout 500s` may mean the incident that there is, or another one. */
function severityAlone(word: string, rest: string): Parsed {
  const named = severityNamed(word);
  const sentence =
    "fault" in named
      ? named.fault
      : `“${word}” is no command of its own: “severity ${word}” sets the severity, “declare ${word}” opens an incident of it.`;
  const instead = rest === "" || "fault" in named ? null : parseDeclare([word, rest].join(" "));
  return {
    kind: "unclear",
    verb: "severity",
    sentence,
    instead: instead?.kind === "declare" && instead.title !== "" ? declareLine(instead) : null,
    isMeant: true,
  };
}

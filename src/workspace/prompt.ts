import { type Doing, nearest, parseDoing, VERB_NAMES } from "./steps.ts";

export type Line = { ok: true; who: string; in?: string; doing: Doing } | { ok: false; error: string };

const USAGE = "Write: alice #general types /incident declare sev2 checkout 500s";

/**
 * A line of the interactive prompt: who, where (optional), verb, the rest. Where a verb needs two texts, the first is
 * quoted: `bob #inc-1 replies "rolling back" done`, `bob #inc-1 reacts pushpin to rolling back`,
 * `bob fills Status: MITIGATING; Impact: 15 %`, `bob clicks "Post as is" in Next update`.
 */
export function parseLine(line: string): Line {
  const match =
    /^\s*(?<who>[a-z0-9][\w.-]*)\s+(?:(?<place>[#@]\S+|incident)\s+)?(?<verb>[a-z]+(?:[A-Z][a-z]+)*)(?:\s+(?<rest>.*))?$/s.exec(
      line,
    );
  const { who, place, verb, rest = "" } = match?.groups ?? {};
  if (who === undefined || verb === undefined) return { ok: false, error: USAGE };
  if (!VERB_NAMES.includes(verb)) {
    const near = nearest(verb, VERB_NAMES);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    return { ok: false, error: `"${verb}" is no act.${hint} There are ${VERB_NAMES.join(", ")}.` };
  }
  const keys = keysOf(verb, rest.trim());
  if (keys === undefined) return { ok: false, error: formOf(verb) };
  const parsed = parseDoing(keys);
  if (!parsed.ok) return { ok: false, error: [...parsed.faults, formOf(verb)].join(" ") };
  return { ok: true, who, ...(place !== undefined && { in: place }), doing: parsed.doing };
}

function keysOf(verb: string, rest: string): Record<string, unknown> | undefined {
  switch (verb) {
    case "joins":
    case "leaves":
    case "submits":
    case "closes":
    case "archives":
    case "deletesChannel":
    case "makesPrivate":
    case "makesPublic":
    case "unarchives":
    case "opensHome":
      return rest === "" ? { [verb]: true } : undefined;
    case "reacts":
    case "unreacts":
      return pair(rest, /^:?(?<one>[^\s:]+):?\s+to\s+(?<two>.+)$/s, [verb, "to"]);
    case "replies":
      return pair(rest, /^"(?<two>[^"]+)"\s+(?<one>.+)$/s, ["replies", "to"]);
    case "edits":
      return pair(rest, /^"(?<one>[^"]+)"\s+(?<two>.+)$/s, ["edits", "into"]);
    case "shares":
      return pair(rest, /^(?<one>\S+)\s+(?<two>.+)$/s, ["shares", "content"]);
    case "chooses":
      return pair(rest, /^(?<one>[^:]+):\s*(?<two>.+)$/s, ["chooses", "option"]);
    case "clicks":
      return (
        pair(rest, /^"(?<one>[^"]+)"\s+in\s+(?<two>.+)$/s, ["clicks", "message"]) ?? { clicks: bare(rest) }
      );
    case "uses":
      return pair(rest, /^"(?<one>[^"]+)"\s+on\s+(?<two>.+)$/s, ["uses", "message"]) ?? { uses: bare(rest) };
    case "fills":
      return fills(rest);
    default:
      return { [verb]: rest };
  }
}

function pair(
  rest: string,
  pattern: RegExp,
  [one, two]: [string, string],
): Record<string, string> | undefined {
  const groups = pattern.exec(rest)?.groups;
  return groups && { [one]: groups["one"] ?? "", [two]: groups["two"] ?? "" };
}

function fills(rest: string): Record<string, unknown> | undefined {
  const parts = rest.split(/\s*;\s*/).map((part) => /^([^:]+):\s*(.*)$/s.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  return { fills: Object.fromEntries(parts.map((part) => [part?.[1]?.trim() ?? "", part?.[2] ?? ""])) };
}

function bare(text: string): string {
  return text.replace(/^"(.*)"$/s, "$1");
}

const FORMS: Record<string, string> = {
  reacts: "reacts pushpin to TEXT OF THE MESSAGE",
  unreacts: "unreacts pushpin to TEXT OF THE MESSAGE",
  replies: 'replies "TEXT OF THE MESSAGE" ANSWER',
  edits: 'edits "OLD TEXT" NEW TEXT',
  shares: "shares FILENAME CONTENT",
  chooses: "chooses LABEL: OPTION",
  clicks: 'clicks BUTTON, or clicks "BUTTON" in TEXT OF THE MESSAGE',
  uses: 'uses SHORTCUT, or uses "SHORTCUT" on TEXT OF THE MESSAGE',
  fills: "fills LABEL: VALUE; LABEL: VALUE",
  types: "types /COMMAND TEXT",
  says: "says TEXT",
  deletes: "deletes TEXT OF THE MESSAGE",
  pins: "pins TEXT OF THE MESSAGE",
  unpins: "unpins TEXT OF THE MESSAGE",
  invites: "invites PERSON PERSON",
  setsTopic: "setsTopic TEXT",
  pauses: "pauses 2h",
  clicksAtHome: "clicksAtHome BUTTON",
};

function formOf(verb: string): string {
  return `Write: alice #general ${FORMS[verb] ?? verb}`;
}

/** What can be written. */
export const promptHelp = [
  "WHO WHERE DOES: `alice #general types /incident status`. WHERE is a #channel, @sitrep for direct messages, or",
  "`incident`, the channel that the app opened last; clicks, fills, submits and closes need none. DOES is one of",
  ...VERB_NAMES.map((verb) => `  ${FORMS[verb] ?? verb}`),
].join("\n");

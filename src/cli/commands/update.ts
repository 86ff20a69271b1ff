import type { Command } from "../../domain/command.ts";
import { reference } from "../../domain/incident.ts";
import { parseClock } from "../../domain/time.ts";
import type { LiveStatus } from "../../domain/vocab.ts";
import { type Asked, change, isoOrNull, nextUpdateSentence, typedWords } from "../change.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

export interface UpdateArguments {
  json?: boolean;
  impact?: string;
  status?: LiveStatus;
  /** As `parseClock` reads them. */
  started?: string;
  next?: string;
}

/** Publishes an update: the text is the current action, the rest stays as it is recorded. */
export function update(
  terminal: Terminal,
  incident: number,
  typed: string[],
  given: UpdateArguments,
): Promise<ExitCode> {
  return change(terminal, {
    json: given.json ?? false,
    command: (asked) => commandOf(asked, incident, typed, given),
    answers: "UpdatePosted",
    recorded: ({ n, nextUpdate }, { incident: about, ...asked }) => ({
      sentence: `Update ${n} of ${reference(about)} is recorded. ${nextUpdateSentence(nextUpdate, asked)}`,
      facts: { update: n, nextUpdate: isoOrNull(nextUpdate) },
    }),
  });
}

function commandOf(
  { at, actor, rules }: Asked,
  incident: number,
  typed: string[],
  { impact, status, started, next }: UpdateArguments,
): Command | { fault: string } {
  const text = typed.join(" ").trim();
  const isEmpty = [impact, status, started, next].every((each) => each === undefined) && text === "";
  if (isEmpty) return { fault: "An update needs a text or one of its options. Nothing was posted." };
  const clock = (time: string, direction: "past" | "future") =>
    parseClock(time, rules.timezone, at, direction);
  const began = started === undefined ? undefined : clock(started, "past");
  const promised = next === undefined ? undefined : clock(next, "future");
  for (const read of [began, promised])
    if (read && "fault" in read) return { fault: `${read.fault}. Nothing was posted.` };
  return {
    type: "PublishUpdate",
    at,
    actor,
    incident,
    ...(text !== "" && { currentAction: typedWords([text]) }),
    ...(impact !== undefined && { impact: typedWords([impact]) }),
    ...(status && { status }),
    ...(began && "at" in began && { started: began.at }),
    ...(promised && "at" in promised && { nextUpdate: promised.at }),
  };
}

import type { Incident } from "../../domain/incident.ts";
import { runbookNamed } from "../../domain/runbooks/matching.ts";
import { type Asked, byAsker, type RunVerb } from "../commands/asked.ts";
import { unquoted } from "../../domain/reading/line.ts";
import type { SlackRoom } from "../room.ts";
import { plain } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { listView, post, unknownView } from "./list.ts";

/** Commands of this folder, by their word. */
export const runbooksVerbs = {
  runbook: { on: "incident", run: runbook },
} satisfies Readonly<Record<string, RunVerb>>;

async function runbook(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  rest: string,
): Promise<Message | null> {
  const { rules } = room.handling;
  const name = plain(unquoted(rest), new Map());
  if (name === "") return listView(incident, rules, asked.command);
  const found = runbookNamed(rules.runbooks, name);
  if (!found) return unknownView(incident, rules, asked.command, name);
  const posting = { ...byAsker(room, asked), incident: incident.number, name: found.name };
  return (await post(room, posting, asked.keys)).answer;
}

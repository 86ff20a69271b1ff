import type { Incident } from "../../domain/incident.ts";
import type { LiveStatus, Severity } from "../../domain/vocab.ts";
import { handleInput } from "../input.ts";
import { openSeverity } from "../modals/open.ts";
import { whichWorked } from "../mitigation/options.ts";
import { modelOf, namesFor, newWords, type SlackRoom } from "../room.ts";
import { code, safe } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";
import { statusView } from "../views/status.ts";
import { answerTo } from "./answers.ts";
import { type Asked, byAsker } from "./asked.ts";

/** Shows the status or sets it. */
export async function changeStatus(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  to: LiveStatus | "mitigated" | null,
): Promise<Message> {
  if (to === null) return statusView(await modelOf(room, incident), asked.command);
  // What has stopped the bleeding has to be watched.
  const status = to === "mitigated" ? "MONITORING" : to;
  const outcome = await handleInput(
    room,
    { type: "SetStatus", ...byAsker(room, asked), incident: incident.number, status },
    { keys: asked.keys },
  );
  const answer = await answerTo(room, outcome);
  const isSet = outcome.ok || outcome.refusal.code === "same_status";
  if (to !== "mitigated" || !isSet) return answer;
  const question = whichWorked(incident, await namesFor(room, [incident]), asked.command);
  return question ? { ...answer, blocks: [...answer.blocks, ...question.blocks] } : answer;
}

export async function changeSeverity(
  room: SlackRoom,
  asked: Asked,
  incident: Incident,
  { severity, reason }: { severity: Severity | null; reason: string },
): Promise<Message | null> {
  if (severity === null) return openSeverity(room, asked.triggerId, incident);
  const { number } = incident;
  const outcome = await handleInput(
    room,
    {
      type: "SetSeverity",
      ...byAsker(room, asked),
      incident: number,
      severity,
      ...(reason === "" ? {} : { reason: newWords(room, reason) }),
    },
    { keys: asked.keys },
  );
  if (outcome.ok || outcome.refusal.code !== "no_reason") return answerTo(room, outcome);
  const line = `${asked.command} severity ${severity.toLowerCase()} only one region`;
  return reply(`${safe(outcome.refusal.sentence)} Write it after the severity: ${code(line)}`, [
    { label: "Give the reason", press: { do: "OpenSeverity", incident: number, to: severity } },
  ]);
}

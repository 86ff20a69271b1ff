import type { ListItem, PhrasingContent } from "mdast";
import type { Call } from "../domain/escalation/state.ts";
import { formatDuration } from "../domain/time.ts";
import { item, paragraph, text } from "./nodes.ts";
import { type Material, nameOf, readingOf, wordsInline } from "./material.ts";
import { mention } from "./reading.ts";
import { clockOn } from "./times.ts";

/** Each call with its delivery, and who answered after how long, in the order it happened. */
export function escalationItems(material: Material): ListItem[] {
  const { calls, acks, walks } = material.incident.escalation;
  const reading = readingOf(material);
  const first = calls[0]?.at;
  const told: [number, PhrasingContent[]][] = [
    ...calls.map((call): [number, PhrasingContent[]] => [call.at, callLine(call, material)]),
    ...acks.map(({ by, at }): [number, PhrasingContent[]] => {
      const after =
        first === undefined || at < first ? "" : `, ${formatDuration(at - first)} after the first call`;
      return [at, [text(`Acknowledged by ${nameOf(by, reading)}${after}`)]];
    }),
    ...walks.flatMap(({ exhaustedAt, policies }): [number, PhrasingContent[]][] =>
      exhaustedAt === null
        ? []
        : [[exhaustedAt, [text(`Nobody had answered at the end of policy ${policies.join(", ")}`)]]],
    ),
  ];
  return told
    .toSorted(([one], [other]) => one - other)
    .map(([at, line]) => {
      const when = clockOn(at, reading.zone, material.incident.declaredAt);
      return item(paragraph(text(`${when} - `), ...line));
    });
}

function callLine(call: Call, material: Material): PhrasingContent[] {
  const reading = readingOf(material);
  const { target, people, step, walk, by, reason, delivery, failure } = call;
  const names = people.map((user) => mention(reading, user)).join(", ");
  const whom =
    target.kind === "user"
      ? mention(reading, target.name)
      : target.kind === "channel"
        ? `#${target.name}`
        : `${target.kind === "oncall" ? "on-call" : "group"} ${target.name}${names === "" ? "" : ` (${names})`}`;
  const policies = walk === null ? undefined : material.incident.escalation.walks[walk]?.policies.join(", ");
  const how =
    policies === undefined || step === null
      ? `by ${nameOf(by, reading)}`
      : `by policy ${policies}, step ${step + 1}`;
  const came = delivery === "failed" ? `; not reached${failure === null ? "" : `: ${failure}`}` : "";
  return [
    text(`Called ${whom} ${how}${came}`),
    ...(reason ? [text(": "), ...wordsInline(reason, reading)] : []),
  ];
}

import type { ListItem, PhrasingContent } from "mdast";
import { type CalledPerson, type CallOnRecord, callsOf } from "../domain/escalation/calls.ts";
import { formatDuration } from "../domain/time.ts";
import type { Words } from "../domain/words.ts";
import { item, paragraph, text } from "./nodes.ts";
import { type Material, nameOf, readingOf, wordsInline } from "./material.ts";
import { mention } from "./reading.ts";
import { clockOn } from "./times.ts";

/** Each call with its delivery, and who answered after how long, in the order it happened. */
export function escalationItems(material: Material): ListItem[] {
  const { acks, walks } = material.incident.escalation;
  const calls = callsOf(material.incident);
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

function callLine(call: CallOnRecord, material: Material): PhrasingContent[] {
  const reading = readingOf(material);
  const { target, people, knew, policies, step, repeat, by, reason, because, failure, isDrill } = call;
  const named = [
    ...people.map(({ user }) => mention(reading, user)),
    ...knew.map((user) => `${mention(reading, user)}, who knew already`),
  ].join(", ");
  const became = people.map((each) => becameOf(each, mention(reading, each.user))).join("");
  const how =
    policies === null || step === null
      ? `by ${nameOf(by, reading)}`
      : `by policy ${policies.join(", ")}, step ${step}${repeat > 0 ? ", again" : ""}`;
  const { ring } = call;
  const taken = ring === null || ring.at === null ? "" : `; taken after ${formatDuration(ring.at - call.at)}`;
  const missed = failure === null ? "" : `; not reached: ${failure}`;
  const why = because === null ? "" : `, since ${because}`;
  return [
    text(
      `${isDrill ? "Would have called" : "Called"} ${whomOf(target, named)} ${how}${why}${missed}${taken}${became}`,
    ),
    ...(reason ? [text(": "), ...wordsInline(reason, reading)] : []),
  ];
}

function whomOf({ kind, name }: CallOnRecord["target"], named: string): string {
  const people = named === "" ? "" : ` (${named})`;
  switch (kind) {
    case "user":
      return named;
    case "channel":
      return `#${name}`;
    case "oncall":
      return `on-call ${name}${people}`;
    case "group":
      return `group ${name}${people}`;
    case "webhook":
      return `webhook ${name}`;
    default:
      return kind satisfies never;
  }
}

function becameOf({ failure, answeredAfter }: CalledPerson, name: string): string {
  const missed = failure === null ? "" : `; ${name} not reached: ${failure}`;
  return answeredAfter === null
    ? missed
    : `${missed}; ${name} answered after ${formatDuration(answeredAfter)}`;
}

/** The same for programs. */
export function escalationJson(material: Material, words: (said: Words | null) => string | null) {
  const { incident } = material;
  const reading = readingOf(material);
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    calls: callsOf(incident).map(({ at, by, target, knew, reason, ...call }) => ({
      at: iso(at),
      by: nameOf(by, reading),
      policies: call.policies,
      step: call.step,
      repeat: call.repeat,
      target: target.kind === "user" ? mention(reading, target.name) : `${target.kind}:${target.name}`,
      people: call.people.map(({ user, delivery, failure, answeredAfter }) => ({
        person: mention(reading, user),
        delivery,
        failure,
        answeredAfterMs: answeredAfter,
      })),
      knewAlready: knew.map((user) => mention(reading, user)),
      failure: call.failure,
      ...(call.ring && {
        delivery: call.ring.delivery,
        takenAt: call.ring.at === null ? null : iso(call.ring.at),
      }),
      because: call.because,
      reason: words(reason),
      drill: call.isDrill,
    })),
    acknowledgements: incident.escalation.acks.map(({ by, at }) => ({
      by: nameOf(by, reading),
      at: iso(at),
    })),
  };
}

import { callsOf } from "../../domain/escalation/calls.ts";
import type { Target } from "../../domain/escalation/state.ts";
import { isPlanned, isWaiting, isWalking, nextTurn } from "../../domain/escalation/walk.ts";
import { type Incident, isOpen } from "../../domain/incident.ts";
import { nameOf } from "../text.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { lateMark } from "../views/late.ts";
import { bold, labelled, type Line, type Offer, text } from "../views/parts.ts";
import { person, targetsText } from "./words.ts";

/** Who was called and who has it, for card and `status`. */
export function calledLines(model: ViewModel): Line[] {
  const { incident } = model;
  const { acknowledged } = incident.escalation;
  const has: Line[] = acknowledged
    ? [
        labelled(
          "Acknowledged",
          text(
            `by ${nameOf(acknowledged.by, model.names)} at ${clockOf(model, acknowledged.at)}${lateMark(model, acknowledged.at)}${alsoText(model)}`,
          ),
        ),
      ]
    : [];
  const called = calledText(model);
  const nobody = "nobody was called";
  return [
    called.startsWith(nobody)
      ? [bold("Nobody was called"), ...(called === nobody ? [] : [text(called.slice(nobody.length))])]
      : labelled("Called", text(called)),
    ...has,
  ];
}

function calledText(model: ViewModel): string {
  const { incident } = model;
  const { walks } = incident.escalation;
  const planned = walks.find(isPlanned);
  const calls = callsOf(incident);
  const called = calls.flatMap(({ people }) => people.filter(({ delivery }) => delivery !== "failed"));
  const reached = [...new Set(called.map(({ user }) => user))];
  const groups = calls.flatMap(({ target, people, failure }) =>
    failure === null && people.length === 0 && isNamed(target.kind)
      ? [target.kind === "channel" ? `#${target.name}` : `${target.kind} ${target.name}`]
      : [],
  );
  const names = [...reached.map((user) => person(model, user)), ...new Set(groups)].slice(0, 20);
  const would = incident.drill ? "would be: " : "";
  const done =
    names.length > 0
      ? `${would}${names.join(", ")}`
      : calls.length > 0
        ? knewText(model)
        : "nobody was called";
  if (!isOpen(incident)) return done;
  if (planned) return `${done}; the first call goes out at ${clockOf(model, planned.beginsAt)}`;
  return `${done}${nextText(model)}`;
}

/** Those that are called by a name of their own. */
const isNamed = (kind: Target["kind"]): boolean => ["group", "channel", "webhook"].includes(kind);

function knewText(model: ViewModel): string {
  const knew = [...new Set(callsOf(model.incident).flatMap((call) => call.knew))];
  return knew.length === 0
    ? "nobody could be reached"
    : `nobody, since ${knew.map((user) => person(model, user)).join(", ")} knew already`;
}

/** What comes by itself. */
function nextText(model: ViewModel): string {
  const next = model.incident.escalation.walks
    .flatMap((walk) => {
      const turn = isWalking(walk) ? nextTurn(walk) : null;
      const notify = turn ? walk.turns[turn.index]?.notify : undefined;
      return turn && notify ? [{ at: turn.at, notify }] : [];
    })
    .toSorted((one, other) => one.at - other.at)[0];
  return next ? `; next: ${targetsText(model, next.notify, next.at)} at ${clockOf(model, next.at)}` : "";
}

function alsoText({ incident: { escalation }, names }: ViewModel): string {
  const { acknowledged, acks } = escalation;
  const first = acknowledged ? nameOf(acknowledged.by, names) : "";
  const others = [...new Set(acks.map(({ by }) => nameOf(by, names)))].filter((name) => name !== first);
  return others.length > 0 ? `, also by ${others.join(", ")}` : "";
}

/** Buttons of an open incident. */
export function callOffers(incident: Incident): Offer[] {
  if (!isOpen(incident)) return [];
  const { number, escalation } = incident;
  const { calls, walks, acknowledged } = escalation;
  const escalate = { do: "Escalate" as const, incident: number, calls: calls.length };
  const ack: Offer = { label: "Ack", press: { do: "Ack", incident: number } };
  return [
    ...(acknowledged === null || walks.some(isWaiting) ? [ack] : []),
    { label: calls.length === 0 ? "Call on-call" : "Escalate", press: escalate },
  ];
}

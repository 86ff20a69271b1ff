import { answerOf, anyMissed, isWanted } from "../../domain/escalation/reach.ts";
import { stepOf } from "../../domain/escalation/calls.ts";
import type { Aim, Call, Walk } from "../../domain/escalation/state.ts";
import { nextTurn, waits } from "../../domain/escalation/walk.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { slotTo } from "../../domain/slot.ts";
import { formatDuration } from "../../domain/time.ts";
import { escapeText } from "../../domain/words.ts";
import { permalink } from "../../postmortem/material.ts";
import { nameOf, plainWords } from "../text.ts";
import { severityOf, titleOf } from "../views/facts.ts";
import { lateMark } from "../views/late.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import {
  bold,
  buttons,
  channel,
  italic,
  labelled,
  link,
  type Leaf,
  type Line,
  lines,
  type Offer,
  ping,
  text,
} from "../views/parts.ts";
import type { SlotAsked } from "../views/slot-view.ts";
import { person, targetsText } from "./words.ts";

const callWith = ({ escalation }: Incident, id: string): Call | undefined =>
  escalation.calls.find((call) => call.id === id);

/** A call, in the incident's channel or to one of its people. */
export function callView(model: ViewModel, { id, person: user, stands }: SlotAsked): Message | null {
  const call = callWith(model.incident, id);
  if (!call) return null;
  return user === undefined ? inChannel(model, call, stands) : toPerson(model, call, user);
}

/** Somebody has it since, or the incident has ended: there is nothing to answer any more. */
function answerText(model: ViewModel, call: Call): string | null {
  const { incident, names } = model;
  const answer = answerOf(incident, call);
  if (answer)
    return `Acknowledged by ${nameOf(answer.by, names)} after ${formatDuration(answer.at - call.at)}${lateMark(model, answer.at)}.`;
  return isOpen(incident) ? null : `${reference(incident)} is ${incident.status}: no answer is needed.`;
}

const ack = ({ number: incident }: Incident): Offer => ({
  label: "Ack",
  press: { do: "Ack", incident },
  style: "primary",
});

/** What the message says besides whom it calls. */
function whyLines(model: ViewModel, call: Call, isSomebody = true): Line[] {
  const reason = plainWords(call.reason, model.names);
  return [
    ...(call.message === null ? [] : [[text(call.message)]]),
    ...(reason === null ? [] : [labelled("Reason", text(reason))]),
    ...(call.by.kind === "bot"
      ? []
      : [[italic(`${isSomebody ? "called" : "asked for"} by ${nameOf(call.by, model.names)}`)]]),
  ];
}

/** Of a large group; the others have their direct messages. */
const mostMentioned = 20;

function inChannel(model: ViewModel, call: Call, stands: boolean): Message | null {
  const { incident } = model;
  if (!isWanted(incident, call) && !stands) return null;
  const { drill } = incident;
  const answered = answerText(model, call);
  const aims = call.aims.flatMap((aim) => aimLeaves(model, call, aim));
  const isSomebody = aims.length > 0;
  const verb = drill
    ? `Would call${isSomebody ? "" : " nobody"}`
    : isSomebody
      ? "Calling"
      : "Nobody is called";
  const step = stepText(model, call);
  const called = reached(call).slice(0, mostMentioned);
  const mentions = drill || answered !== null ? "" : called.map((user) => `<@${user}> `).join("");
  return fitMessage({
    text: `${mentions}${escapeText(`${titleOf(model)}: ${verb.toLowerCase()}${step}`)}`,
    blocks: [
      lines([
        [bold(verb), ...listed(aims), ...(step === "" ? [] : [text(step)])],
        ...whyLines(model, call, isSomebody),
        ...troubleLines(model, call),
        ...(answered === null ? nextLines(model, call) : [[italic(answered)]]),
      ]),
      ...(answered === null && isSomebody ? buttons([ack(incident)]) : []),
    ],
  });
}

const reached = ({ people }: Call): string[] =>
  people.filter(({ delivery }) => delivery !== "failed").map(({ user }) => user);

const listed = (parts: readonly Leaf[][]): Leaf[] =>
  parts.flatMap((leaves, index) => [text(index === 0 ? " " : ", "), ...leaves]);

/** One target that is called; empty where there is nobody to call. */
function aimLeaves(model: ViewModel, call: Call, { target, people, failure }: Aim): Leaf[][] {
  const { drill } = model.incident;
  if (failure !== null) return [];
  const known = reached(call).filter((user) => people.includes(user));
  const shown = known.slice(0, mostMentioned);
  const more = known.length - shown.length;
  const named = listed(shown.map((user) => [drill ? text(person(model, user)) : ping(user)])).slice(1);
  const others = more > 0 ? [text(` and ${more} more`)] : [];
  switch (target.kind) {
    case "user":
      return known.length > 0 ? [named] : [];
    case "oncall":
      return known.length > 0 ? [[...named, text(` (on call: ${target.name})`)]] : [];
    case "group":
      if (known.length > 0) return [[...named, ...others, text(` (group ${target.name})`)]];
      return drill ? [[text(`group ${target.name}`)]] : [];
    case "channel":
      return [[text(`#${target.name}`)]];
    case "webhook":
      return [[text(`webhook ${target.name}`)]];
    default:
      return target.kind satisfies never;
  }
}

/** `, step 2 of default, again, since nobody leads` */
function stepText({ incident }: ViewModel, { walk, turn, because }: Call): string {
  const found = walk === null ? undefined : incident.escalation.walks[walk];
  return `${found && turn !== null ? stepIn(found, turn) : ""}${because === null ? "" : `, since ${because}`}`;
}

function stepIn(walk: Walk, turn: number): string {
  const { step, repeat } = stepOf(walk, turn);
  return `, step ${step} of ${walk.policies.join(", ")}${repeat > 0 ? ", again" : ""}`;
}

/** Whom it does not reach, and who is spared it. */
function troubleLines(model: ViewModel, call: Call): Line[] {
  const who = (user: string) => person(model, user);
  const label = ({ target: { kind, name } }: Aim) =>
    kind === "user"
      ? who(name)
      : kind === "channel"
        ? `#${name}`
        : kind === "oncall"
          ? `on call: ${name}`
          : `${kind} ${name}`;
  const knew = [...new Set(call.aims.flatMap((aim) => aim.knew))];
  return [
    ...call.aims.flatMap((aim): Line[] =>
      aim.failure === null ? [] : [[bold("Not reached: "), text(whyMissed(label(aim), aim.failure))]],
    ),
    ...call.webhooks.flatMap((ring) => ringLines(model, call, ring)),
    ...call.people.flatMap(({ user, failure }): Line[] =>
      failure === null ? [] : [[bold("Not reached: "), text(`${who(user)}, ${failure}`)]],
    ),
    ...(knew.length > 0
      ? [[italic(`Not called, since they know already: ${knew.map(who).join(", ")}`)]]
      : []),
    ...(call.passedOn && (anyMissed(call) || call.webhooks.some(({ failure }) => failure !== null))
      ? [[italic("The next step came at once.")]]
      : []),
  ];
}

/** A webhook that did not take the call at once. */
function ringLines(
  model: ViewModel,
  call: Call,
  { name, delivery, at, failure }: Call["webhooks"][number],
): Line[] {
  if (failure === null) return [];
  if (delivery === "delivered" && at !== null)
    return [[text(`webhook ${name} was reached after all, at ${clockOf(model, at)}.`)]];
  const isTried = delivery === "missed" && isWanted(model.incident, call);
  return isTried ? [[italic(`webhook ${name} is tried further.`)]] : [];
}

/** Slack's refusal of a channel names it already, and its advice has a message of its own. */
const whyMissed = (target: string, failure: string): string =>
  failure.startsWith(`${target} `) ? failure.replace(/\. .*$/s, "") : `${target}, ${failure}`;

/** What comes if nobody answers. */
function nextLines(model: ViewModel, call: Call): Line[] {
  const { incident } = model;
  const walk = call.walk === null ? undefined : incident.escalation.walks[call.walk];
  const next = walk ? nextTurn(walk) : null;
  const turn = next ? walk?.turns[next.index] : undefined;
  if (!next || !turn) return [];
  const unless = waits(turn) ? "Unless somebody answers" : "Unless it is resolved";
  return [
    [italic(`${unless}, next: ${targetsText(model, turn.notify, next.at)} at ${clockOf(model, next.at)}.`)],
  ];
}

/** What somebody who is woken up needs to know first. */
function situation(model: ViewModel): Line[] {
  const { incident, names } = model;
  const leader = incident.roles.held.commander?.user;
  const since = incident.started;
  return [
    labelled("Severity", text(severityOf(model))),
    labelled("Status", text(incident.status)),
    labelled("Impact", text(plainWords(incident.impact, names) ?? "being assessed")),
    labelled("Started", text(`${clockOf(model, since.at)}${since.assumed ? " (assumed)" : ""}`)),
    labelled("Commander", text(leader === undefined ? "nobody yet" : person(model, leader))),
    labelled("Current action", text(plainWords(incident.currentAction, names) ?? "not recorded")),
    ...whereLines(model),
  ];
}

function whereLines({ incident, teamUrl }: ViewModel): Line[] {
  if (incident.channel) return [labelled("Channel", channel(incident.channel.id))];
  const { thread } = incident.opening;
  return thread ? [labelled("Thread", link(permalink(teamUrl, thread), "where it goes on"))] : [];
}

/** A direct message. */
function toPerson(model: ViewModel, call: Call, user: string): Message | null {
  const stands = Object.hasOwn(model.incident.posts, slotTo(user, `call:${call.id}`));
  return outside(model, call, { head: "You are needed", stands });
}

/** In a channel that a step names. */
export function stepView(model: ViewModel, { id }: SlotAsked): Message | null {
  const { incident } = model;
  const call = callWith(incident, id);
  const stands = Object.keys(incident.posts).some((slot) => slot.endsWith(`:step:${id}`));
  return call ? outside(model, call, { head: "Help is needed", stands }) : null;
}

/** To whoever may know nothing of it; one that would come too late is not sent at all. */
function outside(
  model: ViewModel,
  call: Call,
  { head, stands }: { head: string; stands: boolean },
): Message | null {
  const { incident } = model;
  const answered = answerText(model, call);
  if (!isWanted(incident, call) && !stands) return null;
  const said = `${head}: ${titleOf(model)}`;
  return fitMessage({
    text: escapeText(`${said} (${incident.severity})`),
    blocks: [
      lines([
        [bold(said)],
        ...whyLines(model, call),
        ...situation(model),
        ...(answered === null ? [] : [[italic(answered)]]),
      ]),
      ...(answered === null ? buttons([ack(incident)]) : []),
    ],
  });
}

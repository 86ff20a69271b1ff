import { nextStepNow } from "../../domain/escalation/next-step.ts";
import { isPlanned, isWalking, waits } from "../../domain/escalation/walk.ts";
import { isOpen } from "../../domain/incident.ts";
import { formatShortDuration } from "../../domain/time.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, buttons, italic, type Leaf, type Line, lines, ping, text } from "../views/parts.ts";
import type { SlotViews } from "../views/slot-view.ts";
import { callView, stepView } from "./call-view.ts";
import { person, targetsText } from "./words.ts";

/** Messages of this folder, by the first word of their slot. */
export const escalationViews: SlotViews = {
  call: callView,
  step: stepView,
  calling: (model, { id }) => callingView(model, Number(id)),
  exhausted: (model, { id }) => exhaustedView(model, id),
  still: (model, { id }) => stillView(model, Number(id)),
};

/** *Calling @alice in 60 s*: nobody is mentioned yet. */
function callingView(model: ViewModel, index: number): Message | null {
  const { incident } = model;
  const walk = incident.escalation.walks[index];
  if (!walk) return null;
  const first = walk.turns[0];
  const whom = targetsText(model, first?.notify ?? [], walk.beginsAt);
  const isAnswered = walk.answeredAt !== null && first !== undefined && waits(first);
  if (!isPlanned(walk) || !isOpen(incident) || isAnswered) return calledOff(model, index, whom);
  const seconds = Math.max(0, Math.round((walk.beginsAt - model.now) / 1000));
  const said = `${incident.drill ? "Drill: would be calling" : "Calling"} ${whom} in ${seconds} s`;
  return fitMessage({
    text: escapeText(said),
    blocks: [
      lines([
        [bold(said)],
        [text("Nobody has given the severity yet, so there is a moment to say otherwise.")],
      ]),
      ...buttons([
        {
          label: "Call now",
          press: { do: "CallNow", incident: incident.number, walk: index },
          style: "primary",
        },
        { label: "Don’t", press: { do: "DontCall", incident: incident.number, walk: index } },
      ]),
    ],
  });
}

/** What became of the notice; null where it was never shown. */
function calledOff(model: ViewModel, index: number, whom: string): Message | null {
  const { incident } = model;
  const walk = incident.escalation.walks[index];
  if (!walk || !incident.posts[`calling:${index}`]) return null;
  const said = walk.dropped
    ? `Not calling ${whom}: ${nameOf(walk.dropped.by, model.names)} said so at ${clockOf(model, walk.dropped.at)}.`
    : walk.answeredAt !== null && (walk.startedAt === null || walk.answeredAt <= walk.startedAt)
      ? `Not calling ${whom}: somebody has it already.`
      : walk.startedAt !== null
        ? `Calls began at ${clockOf(model, walk.startedAt)}.`
        : `Not calling ${whom}: the incident has ended.`;
  return fitMessage({ text: escapeText(said), blocks: [lines([[italic(said)]])] });
}

const everybody: Leaf = { type: "broadcast", range: "channel" };

/** Loud, since nobody is left whom Sitrep could call. In the announcement's thread nobody is mentioned. */
function exhaustedView(model: ViewModel, id: string): Message | null {
  const { incident } = model;
  const [place = "", where] = id.split(":");
  const walk = incident.escalation.walks[Number(place.split(".")[0])];
  if (!walk) return null;
  const at = walk.exhaustedAt;
  const isOver = at === null || !isOpen(incident) || walk.answeredAt !== null;
  const stands = incident.posts[`exhausted:${id}`] !== undefined;
  if (isOver && !stands) return null;
  const policies = walk.policies.join(", ");
  const called = incident.drill ? "would have been called" : "was called";
  const said = `Nobody has answered: everybody of ${policies} ${called}.`;
  const isLoud = where === undefined && !incident.drill && !isOver;
  const numbers = Object.entries(walk.phones).slice(0, 30);
  const phones: Line[] = numbers.map(([user, number]) => [text(`${person(model, user)}: ${number}`)]);
  const head: Line = [...(isLoud ? [everybody, text(" ")] : []), bold(said)];
  const after = isOver
    ? [[italic(answeredText(model))]]
    : [[text(phones.length === 0 ? noPhones : incident.drill ? drillPhones : "Call them by phone:")]];
  return fitMessage({
    text: escapeText(`${titleOf(model)}: ${said}`),
    blocks: [
      lines([
        ...(where === undefined ? [] : [[bold(titleOf(model))]]),
        head,
        ...after,
        ...(isOver ? [] : phones),
      ]),
      ...(isOver
        ? []
        : buttons([{ label: "Ack", press: { do: "Ack", incident: incident.number }, style: "primary" }])),
    ],
  });
}

const noPhones = "No phone numbers are configured (phones in sitrep.yml). Reach somebody in another way.";

const drillPhones = "Call nobody: this is a drill. These are the numbers that would be called:";

function answeredText(model: ViewModel): string {
  const { acks } = model.incident.escalation;
  const last = acks.at(-1);
  return last
    ? `${nameOf(last.by, model.names)} has acknowledged since, at ${clockOf(model, last.at)}.`
    : "That is over.";
}

/** What follows when nobody answers. */
function goesOn({ incident, rules, now }: ViewModel): string {
  const isCallable =
    incident.escalation.walks.some(isWalking) || nextStepNow(rules, incident, now, "").length > 0;
  return isCallable
    ? "Without an answer the next people are called in 5 minutes."
    : "No policy says who else is called: “page” calls somebody.";
}

function stillView(model: ViewModel, version: number): Message | null {
  const { incident } = model;
  const { watch } = incident.escalation;
  const isAsked = watch?.version === version && watch.askedAt !== null && isOpen(incident);
  if (!isAsked) {
    if (!incident.posts[`still:${version}`]) return null;
    const isUnanswered = incident.escalation.unanswered.includes(version);
    const past = watch === null ? "Still on it? That question is over." : "Still on it: answered.";
    const said = isUnanswered ? "Nobody answered, so the calls went on." : past;
    return fitMessage({ text: said, blocks: [lines([[italic(said)]])] });
  }
  const { who } = watch;
  const since = formatShortDuration(model.now - (watch.silentSince ?? model.now));
  const said = "Still on it?";
  const mention: Leaf[] = who.kind === "slack" && !incident.drill ? [ping(who.user), text(" ")] : [];
  return fitMessage({
    text: who.kind === "slack" ? `<@${who.user}> ${said}` : said,
    blocks: [
      lines([[...mention, bold(said)], [text(`Nothing was heard for ${since}. ${goesOn(model)}`)]]),
      ...buttons([
        {
          label: "Still on it",
          press: { do: "StillOnIt", incident: incident.number, watch: version },
          style: "primary",
        },
        {
          label: "Escalate",
          press: { do: "Escalate", incident: incident.number, calls: incident.escalation.calls.length },
        },
      ]),
    ],
  });
}

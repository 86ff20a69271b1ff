import type { Gap } from "../../domain/presence/state.ts";
import { isOpen } from "../../domain/incident.ts";
import { escapeText } from "../../domain/words.ts";
import { plainWords } from "../text.ts";
import { briefLines } from "../views/brief.ts";
import { titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import {
  bold,
  buttons,
  channel,
  labelled,
  type Leaf,
  type Line,
  lines,
  type Offer,
  ping,
  text,
} from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const presenceViews: SlotViews = { missing: missingView, brief: briefView };

const mostMentioned = 10;
const questions: Readonly<Partial<Record<Gap, string>>> = {
  users: "users",
  business: "business",
  scope: "scope",
  trend: "trend",
};

/** What the incident lacks, with a button for each; null when it lacks nothing. */
function missingView(model: ViewModel): Message | null {
  const { gaps } = model.incident.presence.missing;
  if (gaps.length === 0) return null;
  const unanswered = gaps.flatMap((gap) => questions[gap] ?? []);
  const wants = [
    ...(gaps.includes("commander") ? ["a commander"] : []),
    ...(unanswered.length > 0 ? [assessmentWanted(unanswered)] : []),
    ...(gaps.includes("update") ? ["an update"] : []),
  ];
  const head = gaps.length === 1 && gaps[0] === "commander" ? "You lead?" : `Missing: ${wants.join(", ")}.`;
  const { mentions, fallback, asks } = reminderOf(model);
  return fitMessage({
    text: `${fallback}${escapeText(`${asks}${head}`)}`,
    blocks: [
      lines([[...mentions, ...(asks === "" ? [] : [text(asks)]), bold(head)]]),
      ...buttons(offersFor(model, gaps)),
    ],
  });
}

/** Which questions are open, once some are answered: the assessment's own message stands near by. */
const assessmentWanted = (unanswered: readonly string[]): string =>
  unanswered.length === Object.keys(questions).length
    ? "the assessment"
    : `the assessment (${unanswered.join(", ")})`;

/** Once it was brought up that nobody leads, those who are there are mentioned. */
function reminderOf(model: ViewModel): { mentions: Leaf[]; fallback: string; asks: string } {
  const { roles, presence } = model.incident;
  const { vacantSince, remindedAt } = roles;
  if (vacantSince === null || remindedAt === null || remindedAt < vacantSince)
    return { mentions: [], fallback: "", asks: "" };
  const people = Object.keys(presence.members).slice(0, mostMentioned);
  return {
    mentions: people.flatMap((user) => [ping(user), text(" ")]),
    fallback: people.map((user) => `<@${user}> `).join(""),
    asks: `Nobody has led since ${clockOf(model, vacantSince)}. `,
  };
}

function offersFor({ incident: { number: incident } }: ViewModel, gaps: readonly Gap[]): Offer[] {
  const asksMore = gaps.some((gap) => questions[gap] !== undefined);
  return [
    ...(gaps.includes("commander")
      ? [
          {
            label: "I lead",
            press: { do: "GiveRole" as const, incident, role: "commander" as const },
            style: "primary" as const,
          },
        ]
      : []),
    ...(asksMore
      ? [
          {
            label: "Assess",
            press: { do: "OpenAssess" as const, incident },
          },
        ]
      : []),
    ...(gaps.includes("update") ? [{ label: "Update", press: { do: "OpenUpdate" as const, incident } }] : []),
  ];
}

/** Whoever came so long ago has read the channel meanwhile. */
const joinedLongAgo = 10 * 60_000;

/** To somebody who came late. */
function briefView(model: ViewModel, { person, stands }: SlotAsked): Message | null {
  const { incident, names, now } = model;
  const brief = person === undefined ? undefined : incident.presence.briefed[person];
  if (!brief) return null;
  if (!stands && (!isOpen(incident) || now - brief.at >= joinedLongAgo)) return null;
  const head = `You joined ${titleOf(model)}. Where it stands:`;
  const recent = brief.recent.map((entry): Line => [
    text(`• ${clockOf(model, entry.at)} - ${plainWords(entry.text, names) ?? ""}`),
  ]);
  return fitMessage({
    text: escapeText(head),
    blocks: [
      lines([
        [bold(head)],
        ...briefLines(model),
        ...(recent.length === 0 ? [labelled("Last key events", text("none"))] : [[bold("Last key events:")]]),
        ...recent,
        ...(incident.channel ? [labelled("Channel", channel(incident.channel.id))] : []),
      ]),
      ...buttons([
        { label: "Status", press: { do: "ShowStatus", incident: incident.number } },
        { label: "Roles", press: { do: "ShowRoles", incident: incident.number } },
      ]),
    ],
  });
}

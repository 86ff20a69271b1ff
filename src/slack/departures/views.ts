import { expectedOf } from "../../domain/departures/needed.ts";
import type { Incident } from "../../domain/incident.ts";
import { isOpen } from "../../domain/incident.ts";
import { holderOf } from "../../domain/roles/state.ts";
import { type Role, roleNames } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf, plainWords } from "../text.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import type { ViewModel } from "../views/model.ts";
import { bold, buttons, italic, type Line, lines, type Offer, text } from "../views/parts.ts";
import type { SlotAsked, SlotViews } from "../views/slot-view.ts";

/** Messages of this folder, by the first word of their slot. */
export const departuresViews: SlotViews = { gone: goneView };

/** Who is gone, what they leave, and who takes it. */
function goneView(model: ViewModel, { id }: SlotAsked): Message | null {
  const { incident, names } = model;
  const [user = "", version] = id.split(":");
  const who = nameOf({ kind: "slack", user }, names);
  if (!incident.departed[user]) {
    const said = `${who}’s Slack account was deactivated and is open again.`;
    return fitMessage({ text: escapeText(said), blocks: [lines([[italic(said)]])] });
  }
  const { asks, items, postmortem } = expectedOf(incident, user);
  const left = rolesLeft(incident, user, Number(version));
  const words = (all: readonly { id: string; text: Parameters<typeof plainWords>[0] }[], ids: string[]) =>
    all.filter((each) => ids.includes(each.id)).map((each) => plainWords(each.text, names) ?? "");
  const about: Line[] = [
    ...left.map((role): Line => [text(`${roleNames[role]}: ${standing(model, role)}`)]),
    ...words(incident.asks, asks).map((each): Line => [text(`Asked of ${who}: ${each}`)]),
    ...words(incident.actionItems, items).map((each): Line => [text(`Action item: ${each}`)]),
    ...(postmortem ? [[text("The post-mortem has no author.")]] : []),
  ];
  const head = `${who}’s Slack account is deactivated: nobody can reach them here.`;
  return fitMessage({
    text: escapeText(head),
    blocks: [
      lines([[bold(head)], ...about]),
      ...buttons(offers(incident, { left, asks, items, postmortem })),
    ],
  });
}

/** What they did until then. */
const rolesLeft = ({ roles }: Incident, user: string, version: number): Role[] =>
  roles.changes.flatMap((change) =>
    change.how === "gone" && change.from === user && change.version === version ? [change.role] : [],
  );

function standing({ incident, names }: ViewModel, role: Role): string {
  const holder = holderOf(incident.roles, role);
  return holder === undefined ? "nobody now" : `${nameOf({ kind: "slack", user: holder }, names)} now`;
}

function offers(
  incident: Incident,
  { left, asks, items, postmortem }: { left: Role[]; asks: string[]; items: string[]; postmortem: boolean },
): Offer[] {
  const about = { incident: incident.number };
  const vacant = left.filter((role) => isOpen(incident) && holderOf(incident.roles, role) === undefined);
  return [
    ...vacant.map((role): Offer => ({
      label: role === "commander" ? "Take command" : `I am ${roleNames[role]}`,
      press: { do: "GiveRole", ...about, role },
      ...(role === "commander" && { style: "primary" as const }),
    })),
    ...asks.map((ask): Offer => ({
      label: asks.length === 1 ? "I do what was asked" : `I do ask ${asks.indexOf(ask) + 1}`,
      press: { do: "AnswerAsk", ...about, ask, accept: true },
    })),
    ...(items.length > 0
      ? [{ label: "Action items", press: { do: "ShowItems" as const, ...about, page: 0 } }]
      : []),
    ...(postmortem
      ? [{ label: "I write the post-mortem", press: { do: "OwnPostmortem" as const, ...about, claim: true } }]
      : []),
  ];
}

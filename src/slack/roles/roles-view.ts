import { isOpen } from "../../domain/incident.ts";
import { holderOf } from "../../domain/roles/state.ts";
import { type Role, roleNames, roles } from "../../domain/vocab.ts";
import { escapeText } from "../../domain/words.ts";
import { nameOf } from "../text.ts";
import { roleLabel, titleOf } from "../views/facts.ts";
import { fitMessage, type Message } from "../views/limits.ts";
import { clockOf, type ViewModel } from "../views/model.ts";
import { bold, buttons, labelled, type Line, lines, type Offer, text } from "../views/parts.ts";

/** Who does what, for the asker alone, with what she may claim. */
export function rolesView(model: ViewModel, asker: string): Message {
  const { incident } = model;
  const title = `Roles of ${titleOf(model)}`;
  return fitMessage({
    text: escapeText(title),
    blocks: [
      lines([[bold(title)], ...roles.map((role) => roleLine(model, role))]),
      ...(isOpen(incident) ? buttons(offersFor(model, asker)) : []),
    ],
  });
}

function roleLine(model: ViewModel, role: Role): Line {
  const { incident, names } = model;
  const held = incident.roles.held[role];
  const label = roleLabel(role);
  if (!held) return labelled(label, text("nobody"));
  const { user, since, givenBy } = held;
  const isClaimed = givenBy.kind === "slack" && givenBy.user === user;
  const by = isClaimed ? "" : `, named by ${nameOf(givenBy, names)}`;
  return labelled(
    label,
    text(`${nameOf({ kind: "slack", user }, names)} since ${clockOf(model, since)}${by}`),
  );
}

function offersFor({ incident: { number: incident, roles: now } }: ViewModel, asker: string): Offer[] {
  const claims = roles
    .filter((role) => holderOf(now, role) !== asker)
    .map((role): Offer => ({
      label: role === "commander" ? "Take command" : `I am ${roleNames[role]}`,
      press: { do: "GiveRole", incident, role },
    }));
  const leads = holderOf(now, "commander") === asker;
  return [
    ...claims,
    { label: "Give a role", press: { do: "OpenRole", incident } },
    ...(leads ? [{ label: "Hand over", press: { do: "OpenHandover" as const, incident } }] : []),
    { label: "Ask somebody", press: { do: "OpenAsk", incident } },
  ];
}

import type { Incident } from "../incident.ts";
import { escapeText } from "../words.ts";
import { isMissed } from "./reach.ts";
import type { Aim, Call } from "./state.ts";

/** Whom a call was for and what became of it, in Slack's encoding: `<@U2> (on call: primary)`, `group sre (no such group)`. */
export const whomCalled = (incident: Incident, call: Call): string =>
  call.aims.map((aim) => withDelivery(incident, call, aim)).join(", ");

function withDelivery({ drill }: Incident, call: Call, aim: Aim): string {
  const name = aimLabel(aim);
  if (aim.failure !== null) return `${name} (not reached: ${escapeText(aim.failure)})`;
  if (drill || aim.people.length === 0) return name;
  const people = call.people.filter(({ user }) => aim.people.includes(user));
  const troubled = people.filter(({ failure }) => failure !== null);
  if (isMissed(call, aim)) return `${name} (not reached: ${reasons(troubled)})`;
  return troubled.length === 0
    ? name
    : `${name} (not reached: ${troubled.map(({ user, failure }) => `<@${user}>, ${failure ?? ""}`).join("; ")})`;
}

const reasons = (people: Call["people"]): string =>
  [...new Set(people.flatMap(({ failure }) => failure ?? []))].map(escapeText).join("; ");

/** Whoever it was for knows already, so that nobody was called. */
export const callsNobody = (aims: readonly Aim[]): boolean =>
  aims.length > 0 && aims.every(({ people, knew }) => people.length === 0 && knew.length > 0);

/** `<@U1> (on call: primary)`, `group sre (<@U2>)`, `#leadership`; who was not called is said to know. */
export function aimLabel({ target, people, knew }: Aim): string {
  const name = escapeText(target.name);
  const named = [
    ...people.map((user) => `<@${user}>`),
    ...knew.map((user) => `<@${user}> (knows already)`),
  ].join(", ");
  switch (target.kind) {
    case "user":
      return named;
    case "oncall":
      return named === "" ? `on call: ${name}` : `${named} (on call: ${name})`;
    case "group":
      return `group ${name}${named === "" ? "" : ` (${named})`}`;
    case "channel":
      return `#${name}`;
    case "webhook":
      return `webhook ${name}`;
    default:
      return target.kind satisfies never;
  }
}

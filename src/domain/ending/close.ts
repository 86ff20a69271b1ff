import type { CommandNamed } from "../command.ts";
import { howItEnded } from "../decide/over.ts";
import { type Decision, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { sectionNames, writtenSections } from "../vocab.ts";
import { isBlank } from "../words.ts";
import { closedByItself, incidentClosed } from "./closing.ts";
import { type Missing, missingToClose, nothingMissing } from "./missing.ts";

export function close(rules: Rules, state: Incident, { at, actor }: CommandNamed<"Close">): Decision {
  if (state.status === "CLOSED")
    return refuse("closed", `${reference(state)} is closed already. ${itBlocksNothing}`);
  if (state.status !== "RESOLVED") return notResolved(rules, state, at, "closing");
  const missing = missingToClose(state);
  if (!nothingMissing(missing)) return refuse("not_ready", whatIsMissing(state, missing));
  return said(
    [incidentClosed(rules, { at, actor })],
    state,
    `*${reference(state)}* is CLOSED. ${itBlocksNothing}`,
  );
}

const itBlocksNothing = "Its post-mortem and action items can still be changed.";

function whatIsMissing(state: Incident, { postmortem, ownerless }: Missing): string {
  const parts = [
    ...(postmortem ? ["its post-mortem is neither published nor waived"] : []),
    ...(ownerless.length === 1
      ? ["one action item has no owner"]
      : ownerless.length > 1
        ? [`${ownerless.length} action items have no owner`]
        : []),
  ];
  return `${reference(state)} is not ready to close: ${parts.join(", and ")}. It closes by itself once that is done.`;
}

export function publishPostmortem(
  rules: Rules,
  state: Incident,
  { at, actor }: CommandNamed<"PublishPostmortem">,
): Decision {
  if (!hasEnded(state)) return notResolved(rules, state, at, "publishing its post-mortem");
  const { postmortem } = state.ending;
  if (postmortem.published) {
    const when = formatClock(postmortem.published.at, rules.timezone, at);
    return refuse("published", `The post-mortem of ${reference(state)} was published at ${when} already.`);
  }
  const published = { at, by: actor };
  const ending = { ...state.ending, postmortem: { ...postmortem, published } };
  const closed = closedByItself(rules, state, at, { ending });
  const missing = writtenSections
    .filter((name) => !state.sections[name])
    .map((name) => sectionNames[name])
    .join(", ");
  return said(
    [{ type: "PostmortemPublished", at, actor, data: { closes: closed.length > 0 } }, ...closed],
    state,
    [
      `The post-mortem of ${reference(state)} is published.`,
      ...(missing === "" ? [] : [`Still to be written: ${missing}.`]),
      ...(closed.length > 0 ? [`*${reference(state)}* is CLOSED.`] : []),
    ].join(" "),
  );
}

export function waive(rules: Rules, state: Incident, command: CommandNamed<"Waive">): Decision {
  const { at, actor, reason } = command;
  if (!hasEnded(state)) return notResolved(rules, state, at, "waiving its post-mortem");
  const { postmortem } = state.ending;
  if (postmortem.published)
    return refuse("published", `The post-mortem of ${reference(state)} is published, so nothing is waived.`);
  if (postmortem.waived)
    return refuse("waived", `The post-mortem of ${reference(state)} was waived already.`);
  if (reason.body === null || isBlank(reason.body))
    return refuse("no_reason", "Why does nobody need to write it? Waiving asks for a reason.", "reason");
  const waived = { at, by: actor, reason };
  const ending = { ...state.ending, postmortem: { ...postmortem, waived } };
  const closed = closedByItself(rules, state, at, { ending });
  const also = closed.length > 0 ? ` *${reference(state)}* is CLOSED.` : "";
  return said(
    [{ type: "PostmortemWaived", at, actor, data: { reason, closes: closed.length > 0 } }, ...closed],
    state,
    `The post-mortem of ${reference(state)} is waived.${also}`,
  );
}

const hasEnded = ({ status }: Incident): boolean => status === "RESOLVED" || status === "CLOSED";

function notResolved(rules: Rules, state: Incident, at: number, what: string): Decision {
  if (isOpen(state))
    return refuse(
      "not_resolved",
      `${reference(state)} is ${state.status}: resolve it first, then comes ${what}.`,
    );
  return refuse(
    "cancelled",
    `${howItEnded(rules, state, at)}: there is no post-mortem to it and nothing to close.`,
  );
}

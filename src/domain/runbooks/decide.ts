import { actorName, bot } from "../actor.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { formatClock } from "../time.ts";
import { escapeText } from "../words.ts";
import type { RunbooksCommand } from "./commands.ts";
import { stepsOf } from "./document.ts";
import { fitOf } from "./matching.ts";

type Of<Type extends RunbooksCommand["type"]> = Extract<RunbooksCommand, { type: Type }>;

export function decideRunbooks(rules: Rules, state: Incident, command: RunbooksCommand): Decision {
  switch (command.type) {
    case "PostRunbook":
      return postRunbook(rules, state, command);
    case "TickStep":
    case "UntickStep":
      return markStep(rules, state, command);
    case "OfferRunbooks":
      return offerRunbooks(rules, state, command);
    default:
      return command satisfies never;
  }
}

/** In the channel as it stands in the configuration now; what is posted keeps its wording. */
function postRunbook(rules: Rules, state: Incident, command: Of<"PostRunbook">): Decision {
  const { at, actor, runbook: id, name, again = false } = command;
  const runbook = rules.runbooks.find((each) => each.name === name);
  if (!runbook)
    return refuse(
      "no_such_runbook",
      `There is no runbook “${escapeText(name)}” in the configuration any more.`,
    );
  const { posted } = state.runbooks;
  const before = posted.findLast((one) => one.name === name);
  if (posted.some((one) => one.id === id) || (before && !again)) {
    const when = before ? formatClock(before.at, rules.timezone, at) : "";
    return refuse(
      "posted",
      `The runbook ${escapeText(name)} stands in the channel of ${reference(state)} already, since ${when}.`,
    );
  }
  const { sections, escalation } = runbook;
  return said(
    [{ type: "RunbookPosted", at, actor, data: { runbook: id, name, sections, escalation } }],
    state,
    `The runbook ${escapeText(name)} comes in the channel of ${reference(state)}.`,
  );
}

function markStep(rules: Rules, state: Incident, command: Of<"TickStep" | "UntickStep">): Decision {
  const { at, actor, runbook: id, step } = command;
  const runbook = state.runbooks.posted.find((one) => one.id === id);
  if (!runbook || !stepsOf(runbook.sections).some((each) => each.id === step))
    return refuse("no_such_step", `${reference(state)} has no such step in its runbooks.`);
  const done = runbook.done[step];
  const data = { runbook: id, step };
  if (command.type === "UntickStep")
    return done
      ? said([{ type: "RunbookStepUndone", at, actor, data }], state, "Taken back.")
      : refuse("not_done", "Nobody has done that step, so there is nothing to take back.");
  if (done) {
    const who = actorName(done.by, (user) => `<@${user}>`);
    return refuse(
      "done",
      `That step was done by ${who} at ${formatClock(done.at, rules.timezone, at)} already.`,
    );
  }
  return said([{ type: "RunbookStepDone", at, actor, data }], state, "Done, and on the timeline.");
}

/** Those that fit the incident as it stands and were not offered or posted yet. */
function offerRunbooks(rules: Rules, state: Incident, { at }: Of<"OfferRunbooks">): Decision {
  const { offered, posted } = state.runbooks;
  const known = new Set([...offered.flat(), ...posted.map(({ name }) => name)]);
  const names = rules.runbooks
    .filter((each) => !known.has(each.name) && fitOf(each, state) !== null)
    .map(({ name }) => name);
  if (!isOpen(state) || names.length === 0) return refuse("satisfied", "No other runbook fits.");
  return noted([{ type: "RunbooksOffered", at, actor: bot, data: { names } }]);
}

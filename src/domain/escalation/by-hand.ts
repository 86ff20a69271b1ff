import { type Decision, refuse, said } from "../decision.ts";
import { type Incident, isOpen, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { escapeText } from "../words.ts";
import type { EscalationCommandNamed } from "./commands.ts";
import { beginNow, takeNextStep } from "./next-step.ts";
import { isMissed } from "./reach.ts";
import type { Call } from "./state.ts";
import { aimLabel, callsNobody } from "./told.ts";
import { callByHand, plan, type Cause, unfold, type Unfolding } from "./unfold.ts";
import { known, policiesFor } from "./walk.ts";

/** The next step at once. Where nobody is left to call, the answer says what can be done instead. */
export function escalate(
  rules: Rules,
  state: Incident,
  { at, actor, reason, calls }: EscalationCommandNamed<"Escalate">,
): Decision {
  if (!isOpen(state)) return ended(state);
  const made = state.escalation.calls;
  if (calls !== undefined && calls !== made.length) {
    const last = made.at(-1);
    return refuse(
      "called_meanwhile",
      `Meanwhile the next step was called${last ? `: ${whom(last.aims)}` : ""}. Press again for the one after it.`,
    );
  }
  const now = unfold(rules, state, at);
  takeNextStep(now, { by: actor, reason: reason ?? null, because: null });
  if (now.events.length > 0) return said(now.events, state, callsSaid(now, made.length));
  if (state.escalation.walks.length > 0)
    return refuse(
      "exhausted",
      `Everybody of ${reference(state)}’s policy was called already. “page @user” calls somebody by hand.`,
    );
  return refuse(
    "no_policy",
    `No escalation policy belongs to ${reference(state)}: neither its services nor ${state.severity} name one in sitrep.yml. “page @user” calls somebody by hand.`,
  );
}

/** A person, a group or an on-call rotation; or a policy, which is walked from its first step. */
export function page(
  rules: Rules,
  state: Incident,
  { at, actor, whom: asked, reason }: EscalationCommandNamed<"Page">,
): Decision {
  if (!isOpen(state)) return ended(state);
  const cause: Cause = { by: actor, reason: reason ?? null, because: null };
  const now = unfold(rules, state, at);
  const made = state.escalation.calls.length;
  if ("policy" in asked) {
    if (known(rules, [asked.policy]).length === 0)
      return refuse(
        "no_such_policy",
        `There is no policy “${escapeText(asked.policy)}” that calls somebody.`,
      );
    const walk = plan(now, [asked.policy], at, actor);
    if (walk !== undefined) beginNow(now, walk, cause);
  } else {
    const { target } = asked;
    if (target.kind === "user" && state.escalation.knowing.includes(target.name))
      return refuse(
        "knows",
        `<@${target.name}> knows of ${reference(state)} already: they declared it, lead it or have acknowledged. Write to them in its channel.`,
      );
    callByHand(now, target, cause);
  }
  return said(now.events, state, callsSaid(now, made));
}

const ended = (state: Incident): Decision =>
  refuse("ended", `${reference(state)} is ${state.status}, so nobody is called. “reopen” takes it up again.`);

/** What came of it, for the asker. */
function callsSaid({ state, rules }: Unfolding, before: number): string {
  const made = state.escalation.calls.slice(before);
  const drill = state.drill ? "Drill: would be called: " : "Calling ";
  const missed = made.flatMap((call) => call.aims.filter((aim) => isMissed(call, aim)));
  const failures = missed.map((aim) => ` ${aimLabel(aim)}: ${escapeText(aim.failure ?? "not reached")}.`);
  if (made.length === 0) {
    const policies = policiesFor(rules, state).map((name) => `“${escapeText(name)}”`);
    return `Everybody of the policy ${policies.join(", ")} was called: nobody is left. The channel is told so.`;
  }
  if (callsNobody(made.flatMap(({ aims }) => aims)))
    return `Nobody was called: ${made.map(({ aims }) => whom(aims)).join("; then ")}.`;
  return `${drill}${made.map(({ aims }) => whom(aims)).join("; then ")}.${failures.join("")}`;
}

const whom = (aims: Call["aims"]): string => aims.map(aimLabel).join(", ");

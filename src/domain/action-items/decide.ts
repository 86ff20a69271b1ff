import type { CommandNamed } from "../command.ts";
import { type Decision, noted, refuse, said } from "../decision.ts";
import { closedByItself } from "../ending/closing.ts";
import { isItemOpen } from "../ending/missing.ts";
import { type Incident, reference } from "../incident.ts";
import type { Rules } from "../rules.ts";
import { isBlank } from "../words.ts";
import type { ActionItemsCommand } from "./commands.ts";
import { dayName, reminderOn, startOfDay, today } from "./days.ts";
import { nextDigest } from "./digest.ts";
import type { ActionItem } from "./state.ts";

export function decideActionItems(rules: Rules, state: Incident, command: ActionItemsCommand): Decision {
  if (command.type === "AddActionItem") return add(rules, state, command);
  if (command.type === "SendActionDigest") return sendDigest(rules, state, command);
  const item = state.actionItems.find(({ id }) => id === command.item);
  if (!item) return refuse("no_such_item", `${reference(state)} has no such action item.`);
  switch (command.type) {
    case "EditActionItem":
      return edit(rules, state, item, command);
    case "FinishActionItem":
      return end(rules, state, item, command, "done");
    case "DropActionItem":
      return end(rules, state, item, command, "dropped");
    case "RestoreActionItem":
      return restore(rules, state, item, command);
    case "RemindActionItem":
      return remind(item, command);
    default:
      return command satisfies never;
  }
}

function add(rules: Rules, state: Incident, command: CommandNamed<"AddActionItem">): Decision {
  const { at, actor, item, text, owner, due } = command;
  if (text.body === null || isBlank(text.body))
    return refuse("no_text", "What is to be done? An action item needs a text.", "text");
  const fault = past(rules, due, at);
  if (fault) return fault;
  // Whoever writes it down today needs no reminder of it today.
  const isOwn = actor.kind === "slack" && actor.user === owner && due === today(rules, at);
  const remindAt = due === null || isOwn ? null : reminderOn(rules, due, at);
  const digestAt = state.ending.digestAt === null ? nextDigest(rules, at) : null;
  return said(
    [{ type: "ActionItemAdded", at, actor, data: { item, text, owner, due, remindAt, digestAt } }],
    state,
    `Action item recorded for ${reference(state)}: ${described({ owner, due })}.`,
  );
}

function edit(
  rules: Rules,
  state: Incident,
  item: ActionItem,
  command: CommandNamed<"EditActionItem">,
): Decision {
  const { at, actor, text, owner, due } = command;
  if (text.body === null || isBlank(text.body))
    return refuse("no_text", "What is to be done? An action item needs a text.", "text");
  const isSame = text.body === item.text.body && owner === item.owner && due === item.due;
  if (isSame) return refuse("same", "Nothing was changed: the action item stands as it was.", "text");
  const fault = due === item.due ? undefined : past(rules, due, at);
  if (fault) return fault;
  const remindAt = due === null ? null : reminderOn(rules, due, at);
  const actionItems = state.actionItems.map((each) =>
    each.id === item.id ? { ...each, text, owner, due } : each,
  );
  return said(
    [
      { type: "ActionItemEdited", at, actor, data: { item: item.id, text, owner, due, remindAt } },
      ...closedByItself(rules, state, at, { actionItems }),
    ],
    state,
    `The action item of ${reference(state)} is changed: ${described({ owner, due })}.`,
  );
}

function end(
  rules: Rules,
  state: Incident,
  item: ActionItem,
  { at, actor }: CommandNamed<"FinishActionItem" | "DropActionItem">,
  how: "done" | "dropped",
): Decision {
  if (item[how]) return refuse("ended", `That action item is ${how} already.`);
  const actionItems = state.actionItems.map((each) =>
    each.id === item.id ? { ...each, done: null, dropped: null, [how]: { at, by: actor } } : each,
  );
  const type = how === "done" ? "ActionItemDone" : "ActionItemDropped";
  return said(
    [{ type, at, actor, data: { item: item.id } }, ...closedByItself(rules, state, at, { actionItems })],
    state,
    how === "done"
      ? `The action item of ${reference(state)} is done.`
      : `The action item of ${reference(state)} is dropped.`,
  );
}

function restore(
  rules: Rules,
  state: Incident,
  item: ActionItem,
  { at, actor }: CommandNamed<"RestoreActionItem">,
): Decision {
  if (isItemOpen(item)) return refuse("open", "That action item is open already.");
  const remindAt = item.due === null ? null : reminderOn(rules, item.due, at);
  return said(
    [{ type: "ActionItemRestored", at, actor, data: { item: item.id, remindAt } }],
    state,
    `The action item of ${reference(state)} is open again.`,
  );
}

function remind(item: ActionItem, { at, actor, due }: CommandNamed<"RemindActionItem">): Decision {
  if (!isItemOpen(item) || item.due !== due) return refuse("satisfied", "That reminder is done with.");
  if (item.owner === null) return refuse("nobody", "Nobody owns it.");
  return noted([{ type: "ActionItemDue", at, actor, data: { item: item.id, owner: item.owner, due } }]);
}

/** Weekly: to each owner what is open of theirs. It ends when nothing is open any more. */
function sendDigest(
  rules: Rules,
  state: Incident,
  { at, actor, due }: CommandNamed<"SendActionDigest">,
): Decision {
  if (state.ending.digestAt !== due) return refuse("satisfied", "That list was sent already.");
  const open = state.actionItems.filter(isItemOpen);
  const to = [...new Set(open.flatMap(({ owner }) => (owner === null ? [] : [owner])))];
  const next = open.length === 0 ? null : nextDigest(rules, at);
  return noted([{ type: "ActionDigestSent", at, actor, data: { due, to, next } }]);
}

function past(rules: Rules, due: string | null, at: number): Decision | undefined {
  if (due === null || startOfDay(rules, due) >= startOfDay(rules, today(rules, at))) return undefined;
  return refuse("due_in_past", `${dayName(due)} is past: name a day to come.`, "due");
}

const described = ({ owner, due }: Pick<ActionItem, "owner" | "due">): string =>
  `${owner === null ? "no owner yet" : `owner <@${owner}>`}, ${due === null ? "no due day" : `due ${dayName(due)}`}`;

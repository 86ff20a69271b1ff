import type { InputBlock } from "@slack/types";
import type { ActionItem } from "../../domain/action-items/state.ts";
import { type Incident, reference } from "../../domain/incident.ts";
import { dayInput, modal, textInput, userInput } from "../modals/inputs.ts";
import { openForm } from "../modals/open.ts";
import { namesFor, namesIn, type SlackRoom } from "../room.ts";
import { plain, plainWords } from "../text.ts";
import type { Message } from "../views/limits.ts";
import { reply } from "../views/reply.ts";

const fields = (
  text: string | null,
  { owner, due }: Partial<Pick<ActionItem, "owner" | "due">>,
): InputBlock[] => [
  textInput({
    field: "text",
    label: "What is to be done?",
    placeholder: "Add a circuit breaker to the retry logic",
    initial: text,
    required: true,
    multiline: true,
  }),
  userInput({ field: "owner", label: "Owner", required: false, ...(owner && { initial: owner }) }),
  dayInput({ field: "due", label: "Due", ...(due && { initial: due }) }),
];

/** @param said what the text begins with, in Slack's encoding */
export async function openAdd(
  room: SlackRoom,
  triggerId: string | null,
  { number: incident }: Incident,
  said = "",
): Promise<Message | null> {
  const text = said === "" ? null : plain(said, await namesIn(room, said));
  const view = modal(
    { form: "addItem", incident },
    { title: `Action item, ${reference(incident)}`, submit: "Create", blocks: fields(text, {}) },
  );
  return openForm(room, triggerId, view, {
    label: "Create action item",
    press: { do: "AddItem", incident },
  });
}

export async function openEdit(
  room: SlackRoom,
  triggerId: string | null,
  incident: Incident,
  id: string,
): Promise<Message | null> {
  const item = incident.actionItems.find((each) => each.id === id);
  if (!item) return reply(`${reference(incident)} has no such action item.`);
  const { number } = incident;
  const text = plainWords(item.text, await namesFor(room, [incident]));
  const view = modal(
    { form: "editItem", incident: number, item: id },
    { title: `Action item, ${reference(number)}`, submit: "Save", blocks: fields(text, item) },
  );
  return openForm(room, triggerId, view, {
    label: "Edit",
    press: { do: "EditItem", incident: number, item: id },
  });
}

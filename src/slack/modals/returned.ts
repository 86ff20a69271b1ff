import type { InputBlock, ModalView } from "@slack/types";
import { limits, shorten, shortenLabel } from "../views/limits.ts";
import { type FormState, refilled } from "./inputs.ts";

/** A form as it was submitted. */
export interface Submitted {
  view: ModalView;
  state: FormState;
}

const note = "sitrep.returned";

type Block = ModalView["blocks"][number];
const isInput = (block: Block): block is InputBlock => block.type === "input";

/** The form once more, with what was typed in it and why it is back. It may be submitted again. */
export function returnedForm({ view, state }: Submitted, why: string): ModalView {
  const { title, submit, close, callback_id, private_metadata } = view;
  const hasFile = view.blocks.some((block) => isInput(block) && block.element.type === "file_input");
  const told = hasFile ? `${why} Choose the file once more.` : why;
  const blocks = view.blocks
    .filter(({ block_id }) => block_id !== note)
    .map((block) => (isInput(block) ? (refilled([block], state)[0] ?? block) : block));
  return {
    type: "modal",
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    ...(callback_id !== undefined && { callback_id }),
    ...(private_metadata !== undefined && { private_metadata }),
    blocks: [
      {
        type: "section",
        block_id: note,
        text: { type: "plain_text", text: shorten(told, limits.mrkdwn), emoji: true },
      },
      ...blocks,
    ],
  };
}

/** What was typed and chosen, by the label of its field, for a message to copy from. */
export const typedIn = ({ view, state }: Submitted): { label: string; words: string }[] =>
  view.blocks.filter(isInput).flatMap(({ block_id = "", label }) => {
    const value = Object.values(state[block_id] ?? {})[0];
    const words =
      value?.value ??
      value?.selected_option?.text.text ??
      value?.selected_user ??
      value?.selected_date ??
      value?.selected_options?.map(({ text }) => text.text).join(", ") ??
      "";
    return words === "" ? [] : [{ label: shortenLabel(label.text, limits.option), words }];
  });

/** The sentences about a form's fields, each with the field's name. */
export function faultsIn({ view }: Submitted, errors: Readonly<Record<string, string>>): string {
  const labels = new Map(view.blocks.filter(isInput).map((block) => [block.block_id, block.label.text]));
  return Object.entries(errors)
    .map(([field, sentence]) => {
      const label = labels.get(field);
      return label === undefined ? sentence : `${label}: ${sentence}`;
    })
    .join("\n");
}

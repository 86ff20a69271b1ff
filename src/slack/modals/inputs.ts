import type { InputBlock, ModalView, PlainTextElement, PlainTextOption, SectionBlock } from "@slack/types";
import type { ViewStateValue } from "@slack/bolt";
import { z } from "zod";
import { type Form, formId } from "../ids.ts";
import { limits, shorten, shortenLabel } from "../views/limits.ts";

/**
 * An input's `block_id` is the name of the command's field, so that a refusal that names a field finds its input; every
 * element has the same `action_id`.
 */
const element = "value";

const label = (words: string): PlainTextElement => ({ type: "plain_text", text: words });

interface TextInput {
  field: string;
  label: string;
  initial?: string | null;
  hint?: string;
  placeholder?: string;
  multiline?: boolean;
  required?: boolean;
  max?: number;
}

export function textInput(input: TextInput): InputBlock {
  const { initial, placeholder, max = limits.inputValue } = input;
  return {
    type: "input",
    block_id: input.field,
    label: label(input.label),
    optional: !input.required,
    ...(input.hint === undefined ? {} : { hint: label(input.hint) }),
    element: {
      type: "plain_text_input",
      action_id: element,
      max_length: max,
      multiline: input.multiline ?? false,
      ...(initial ? { initial_value: shorten(initial, max) } : {}),
      ...(placeholder === undefined ? {} : { placeholder: label(placeholder) }),
    },
  };
}

export interface Choice {
  value: string;
  label: string;
}

const option = (choice: Choice): PlainTextOption => ({
  text: label(shortenLabel(choice.label, limits.option)),
  value: choice.value,
});

/** `initial` is the value of one of the choices; none: nothing is chosen. */
export function choiceInput(input: {
  field: string;
  label: string;
  choices: readonly Choice[];
  initial?: string;
  optional?: boolean;
}): InputBlock {
  const initial = input.choices.find((choice) => choice.value === input.initial);
  return {
    type: "input",
    block_id: input.field,
    label: label(input.label),
    ...(input.optional ? { optional: true } : {}),
    element: {
      type: "static_select",
      action_id: element,
      options: input.choices.map(option),
      ...(initial ? { initial_option: option(initial) } : {}),
    },
  };
}

// https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
const mostBoxes = 10;

/** Any of some choices, or none: boxes to tick, a menu where there are too many for that. At most 100. */
export function choicesInput(input: {
  field: string;
  label: string;
  choices: readonly Choice[];
  initial: readonly string[];
  hint?: string;
}): InputBlock {
  const ticked = input.choices.filter((choice) => input.initial.includes(choice.value)).map(option);
  return {
    type: "input",
    block_id: input.field,
    label: label(input.label),
    optional: true,
    ...(input.hint === undefined ? {} : { hint: label(input.hint) }),
    element: {
      type: input.choices.length > mostBoxes ? "multi_static_select" : "checkboxes",
      action_id: element,
      options: input.choices.map(option),
      ...(ticked.length > 0 ? { initial_options: ticked } : {}),
    },
  };
}

/** One person; `initial` is a user id. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export function userInput(input: {
  field: string;
  label: string;
  initial?: string;
  required?: boolean;
}): InputBlock {
  return {
    type: "input",
    block_id: input.field,
    label: label(input.label),
    optional: !(input.required ?? true),
    element: {
      type: "users_select",
      action_id: element,
      ...(input.initial === undefined ? {} : { initial_user: input.initial }),
    },
  };
}

/** A day such as `2024-02-20`. https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element */
export function dayInput(input: { field: string; label: string; initial?: string | null }): InputBlock {
  return {
    type: "input",
    block_id: input.field,
    label: label(input.label),
    optional: true,
    element: {
      type: "datepicker",
      action_id: element,
      ...(input.initial ? { initial_date: input.initial } : {}),
    },
  };
}

/** One file, uploaded or picked. https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export function fileInput(input: {
  field: string;
  label: string;
  hint: string;
  filetypes: string[];
}): InputBlock {
  return {
    type: "input",
    block_id: input.field,
    label: label(input.label),
    hint: label(input.hint),
    element: { type: "file_input", action_id: element, filetypes: input.filetypes, max_files: 1 },
  };
}

export function modal(
  form: Form,
  view: { title: string; submit: string; blocks: (InputBlock | SectionBlock)[] },
): ModalView {
  return {
    type: "modal",
    ...formId(form),
    title: label(shortenLabel(view.title, limits.title)),
    submit: label(shortenLabel(view.submit, limits.title)),
    close: label("Cancel"),
    blocks: view.blocks,
  };
}

/** What was filled in, by field. */
export type FormState = Record<string, Record<string, ViewStateValue>>;

/** What a field holds, trimmed; null when it was left empty. */
export function fieldOf(state: FormState, field: string): string | null {
  const value = state[field]?.[element];
  const held =
    value?.selected_option?.value ?? value?.selected_user ?? value?.selected_date ?? value?.value ?? "";
  return held.trim() === "" ? null : held.trim();
}

const fileSchema = z.object({
  url_private: z.string(),
  size: z.number(),
  is_external: z.boolean().optional(),
});

/** The file that was given. */
export function fileOf(state: FormState, field: string): z.infer<typeof fileSchema> | undefined {
  return fileSchema.safeParse(state[field]?.[element]?.files?.[0]).data;
}

/** What is ticked, or picked, in a field of several choices. */
export const fieldsOf = (state: FormState, field: string): string[] =>
  (state[field]?.[element]?.selected_options ?? []).map(({ value }) => value);

/** The fields of a form with what was typed and chosen, for a view that takes its place. A file cannot be put back. */
export const refilled = (blocks: readonly InputBlock[], state: FormState): InputBlock[] =>
  blocks.map((block) => {
    const { action_id: action = element } = block.element;
    return { ...block, element: filled(block.element, state[block.block_id ?? ""]?.[action]) };
  });

type Element = InputBlock["element"];

function filled(input: Element, value: ViewStateValue | undefined): Element {
  if (!value) return input;
  switch (input.type) {
    case "plain_text_input": {
      const { initial_value: _, ...rest } = input;
      return { ...rest, ...(value.value && { initial_value: value.value }) };
    }
    case "static_select": {
      const { initial_option: _, ...rest } = input;
      const chosen = input.options?.find((each) => each.value === value.selected_option?.value);
      return { ...rest, ...(chosen && { initial_option: chosen }) };
    }
    case "multi_static_select": {
      const { initial_options: _, ...rest } = input;
      const chosen = (input.options ?? []).filter((each) => isAmong(each.value, value));
      return { ...rest, ...(chosen.length > 0 && { initial_options: chosen }) };
    }
    case "checkboxes": {
      const { initial_options: _, ...rest } = input;
      const chosen = input.options.filter((each) => isAmong(each.value, value));
      return { ...rest, ...(chosen.length > 0 && { initial_options: chosen }) };
    }
    case "users_select": {
      const { initial_user: _, ...rest } = input;
      return { ...rest, ...(value.selected_user && { initial_user: value.selected_user }) };
    }
    case "datepicker": {
      const { initial_date: _, ...rest } = input;
      return { ...rest, ...(value.selected_date && { initial_date: value.selected_date }) };
    }
    default:
      return input;
  }
}

const isAmong = (choice: string | undefined, { selected_options = [] }: ViewStateValue): boolean =>
  selected_options.some(({ value }) => value === choice);

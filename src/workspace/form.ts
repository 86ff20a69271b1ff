import { type Control, type ControlOption, controlsOf } from "./controls.ts";
import { textOf } from "./block-text.ts";
import type { OpenView } from "./model.ts";
import type { Reader } from "./plain-text.ts";

/** One entry of `view.state.values[block_id][action_id]`. */
export type StateValue = { type: string } & Record<string, unknown>;

/** What a person puts into a control: text, an option's text, several of them, or nothing. */
export type Entry = string | readonly string[] | null;

export interface Lookup extends Reader {
  person(name: string): string | undefined;
  channel(name: string): string | undefined;
  group(name: string): string | undefined;
  /** As Slack shows it to the app that is given it. */
  file(name: string): Record<string, unknown> | undefined;
}

/** All values as Slack sends them: typed, else initial, else empty. */
export function stateValues(open: OpenView, reader: Reader): Record<string, Record<string, StateValue>> {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const control of controlsOf(open.view.blocks, reader)) {
    const value = valueOf(open, control);
    if (value) values[control.blockId] = { ...values[control.blockId], [control.actionId]: value };
  }
  return values;
}

export function valueOf(open: OpenView, control: Control): StateValue | undefined {
  const typed = open.values[control.blockId]?.[control.actionId];
  return isStateValue(typed) ? typed : initialValue(control);
}

function isStateValue(value: unknown): value is StateValue {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

const FIELDS: Record<string, readonly [stateField: string, initialField: string, several?: true]> = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  overflow: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  channels_select: ["selected_channel", "initial_channel"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  checkboxes: ["selected_options", "initial_options", true],
  multi_static_select: ["selected_options", "initial_options", true],
  multi_users_select: ["selected_users", "initial_users", true],
  multi_channels_select: ["selected_channels", "initial_channels", true],
  multi_conversations_select: ["selected_conversations", "initial_conversations", true],
  file_input: ["files", "initial_files", true],
};

function initialValue(control: Control): StateValue | undefined {
  const field = FIELDS[control.type];
  if (!field || control.type === "overflow") return undefined;
  const [name, initial, several] = field;
  return { type: control.type, [name]: control.element[initial] ?? (several ? [] : null) };
}

/** The state value for what a person entered. Throws when the control does not offer that: a mistake of the story. */
export function entered(control: Control, entry: Entry, find: Lookup): StateValue {
  const field = FIELDS[control.type];
  if (!field) throw new Error(`"${control.label}" is a ${control.type}: people cannot fill that in here.`);
  const [name, , several] = field;
  if (several) {
    const entries = typeof entry === "string" ? listed(control, entry, find) : (entry ?? []);
    return { type: control.type, [name]: entries.map((one) => single(control, one, find)) };
  }
  if (Array.isArray(entry)) throw new Error(`"${control.label}" takes one value.`);
  const value = typeof entry === "string" && entry !== "" ? single(control, entry, find) : null;
  return { type: control.type, [name]: value };
}

/** Several in one line stand with commas between them, unless the line is one of the options itself. */
function listed(control: Control, entry: string, reader: Reader): string[] {
  const isOne =
    control.type === "file_input" || control.options.some((option) => textOf(option.text, reader) === entry);
  return isOne ? [entry] : entry.split(",").map((each) => each.trim());
}

function single(control: Control, entry: string, find: Lookup): unknown {
  switch (control.type) {
    case "static_select":
    case "radio_buttons":
    case "overflow":
    case "checkboxes":
    case "multi_static_select":
      return optionOf(control, entry, find);
    case "users_select":
    case "multi_users_select":
      return known(find.person(entry.replace(/^@/, "")), entry);
    case "channels_select":
    case "multi_channels_select":
    case "conversations_select":
    case "multi_conversations_select":
      return known(find.channel(entry.replace(/^#/, "")), entry);
    case "file_input":
      return chosenFile(control, entry, find);
    case "datepicker":
      return shaped(entry, /^\d{4}-\d\d-\d\d$/, "2024-02-15");
    case "timepicker":
      return shaped(entry, /^\d\d:\d\d$/, "14:52");
    case "datetimepicker":
      return Number(shaped(entry, /^\d{10}$/, "1708007520"));
    default:
      return entry;
  }
}

function optionOf(control: Control, entry: string, reader: Reader): ControlOption {
  const found = control.options.find(
    (option) => textOf(option.text, reader) === entry || option.value === entry,
  );
  if (found) return found;
  const offered = control.options.map((option) => `"${textOf(option.text, reader)}"`).join(", ");
  throw new Error(`"${control.label}" has no option "${entry}". It offers ${offered || "nothing"}.`);
}

/** One that she has shared or uploaded before, of a kind that the field takes. */
function chosenFile(control: Control, entry: string, find: Lookup): Record<string, unknown> {
  const file = find.file(entry);
  if (!file) throw new Error(`There is no file "${entry}" to choose.`);
  const { filetypes } = control.element;
  const extension = /\.([a-z0-9]+)$/i.exec(entry)?.[1]?.toLowerCase() ?? "";
  if (Array.isArray(filetypes) && !filetypes.includes(extension))
    throw new Error(`"${control.label}" takes ${filetypes.join(", ")}, not "${entry}".`);
  return file;
}

function known(id: string | undefined, entry: string): string {
  if (id === undefined) throw new Error(`Nobody and nothing here is called "${entry}".`);
  return id;
}

function shaped(entry: string, pattern: RegExp, example: string): string {
  if (!pattern.test(entry)) throw new Error(`"${entry}" cannot be picked; write it like ${example}.`);
  return entry;
}

/** A value as a person reads it in the form; null when nothing is there. */
export function shownValue(value: StateValue | undefined, reader: Reader): string | string[] | null {
  const [name] = FIELDS[value?.type ?? ""] ?? [];
  if (!value || name === undefined) return null;
  const held = value[name];
  if (Array.isArray(held)) return held.map((one) => shownOne(one, reader));
  return held === null || held === undefined ? null : shownOne(held, reader);
}

function shownOne(held: unknown, reader: Reader): string {
  if (typeof held === "object" && held !== null && "text" in held) return textOf(held.text, reader);
  if (typeof held === "object" && held !== null && "name" in held) return String(held.name);
  const id = String(held);
  const person = reader.personName(id);
  if (person !== undefined) return `@${person}`;
  const channel = reader.channelName(id);
  return channel === undefined ? id : `#${channel}`;
}

/** What Slack's own client objects to before anything is sent, by block id. */
export function clientErrors(open: OpenView, reader: Reader): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const control of controlsOf(open.view.blocks, reader)) {
    if (!control.isInput) continue;
    const shown = shownValue(valueOf(open, control), reader);
    const isEmpty = shown === null || shown.length === 0;
    if (isEmpty) {
      if (!control.optional) errors[control.blockId] = "Please complete this required field.";
      continue;
    }
    const { min_length: least, max_length: most } = control.element;
    if (typeof shown !== "string") continue;
    if (typeof least === "number" && shown.length < least)
      errors[control.blockId] = `At least ${least} characters.`;
    if (typeof most === "number" && shown.length > most)
      errors[control.blockId] = `At most ${most} characters.`;
    if (control.type === "number_input" && !Number.isFinite(Number(shown)))
      errors[control.blockId] = "Enter a number.";
  }
  return errors;
}

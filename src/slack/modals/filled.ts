import type { ModalView } from "@slack/types";
import type { Command } from "../../domain/command.ts";
import type { Incident } from "../../domain/incident.ts";
import { escapeText, type Words } from "../../domain/words.ts";
import { newWords, type SlackRoom } from "../room.ts";
import { type Names, plainWords } from "../text.ts";
import { limits, shorten } from "../views/limits.ts";
import { fieldOf, type FormState } from "./inputs.ts";

/** A form as it was submitted, with what reading it takes. */
export interface Filled {
  room: SlackRoom;
  by: Pick<Command, "at" | "actor">;
  state: FormState;
  /** As it stands now; undefined where there is none. */
  incident: Incident | undefined;
  names: Names;
}

/** What a form asks for, or what is wrong with it, a sentence by field. */
export type Read =
  /** `shows` tells what came of it, in the form's place. */
  | { command: Command; shows?: ModalView }
  | { faults: Record<string, string> }
  /** Another view takes its place, with what was typed carried along. */
  | { next: ModalView };

/**
 * What was typed, in the record's encoding. A field left as it was prefilled keeps the `recorded` words, whose mentions and
 * links plain text has lost. Undefined for an empty field.
 */
export function writtenIn(
  { room, state, names }: Filled,
  field: string,
  ...recorded: readonly (Words | null | undefined)[]
): Words | undefined {
  const typed = fieldOf(state, field);
  if (typed === null) return undefined;
  const asShown = (words: Words) => shorten(plainWords(words, names) ?? "", limits.inputValue).trim();
  return recorded.find((words) => words && asShown(words) === typed) ?? newWords(room, escapeText(typed));
}

/** Undefined for words that stand recorded already. */
export const changed = (now: Words | undefined, recorded: Words | null | undefined): Words | undefined =>
  now === recorded ? undefined : now;

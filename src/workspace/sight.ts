import { type Audience, lookupOf } from "./audience.ts";
import { textOf } from "./block-text.ts";
import { type Control, controlsOf } from "./controls.ts";
import { type Lookup, shownValue, valueOf } from "./form.ts";
import type { Interactions } from "./interactions.ts";
import type { Channel, Installation, OpenView, Person, WorkspaceMessage } from "./model.ts";
import type { WorkspaceState } from "./state.ts";
import { contentLines, instantOfTs, transcript } from "./transcript.ts";

export interface Modal {
  title: string;
  callbackId: string;
  labels: string[];
  /** By label; several choices as a list, nothing as null. */
  values: Record<string, string | string[] | null>;
  /** Under the inputs, by label. */
  errors: Record<string, string>;
  options: Record<string, string[]>;
  view: OpenView["view"];
}

type Pressable = { control: Control; option?: string } & (
  | { view: OpenView; message?: undefined }
  | { view?: undefined; message: WorkspaceMessage }
);

export interface Scenery {
  state: WorkspaceState;
  installation: Installation;
  interactions: Interactions;
  audience: Audience;
}

/** What one person has before her eyes, in one place or everywhere. What is not there throws and says what is. */
export class Sight {
  readonly #scenery: Scenery;
  readonly #person: Person;
  readonly #place: Channel | undefined;

  constructor(scenery: Scenery, person: Person, place?: Channel) {
    this.#scenery = scenery;
    this.#person = person;
    this.#place = place;
  }

  get lookup(): Lookup {
    return lookupOf(this.#scenery.state);
  }

  /** The form on top, as she sees it; undefined when none is open. */
  modal(): Modal | undefined {
    const open = this.top();
    if (!open || open.view.type !== "modal") return undefined;
    const reader = this.lookup;
    const modal: Modal = {
      title: open.view.title.text,
      callbackId: open.view.callback_id ?? "",
      labels: [],
      values: {},
      errors: {},
      options: {},
      view: open.view,
    };
    const errors = this.#scenery.interactions.errorsOf(open.id);
    for (const control of controlsOf(open.view.blocks, reader)) {
      modal.labels.push(control.label);
      modal.values[control.label] = shownValue(valueOf(open, control), reader);
      if (control.options.length > 0) {
        modal.options[control.label] = control.options.map((option) => textOf(option.text, reader));
      }
      const error = errors[control.blockId];
      if (error !== undefined) modal.errors[control.label] = error;
    }
    return modal;
  }

  /** Ephemeral messages and errors that she alone was shown, newest last. */
  sees(): string[] {
    const { state, audience } = this.#scenery;
    const shown = [...state.channels.values()]
      .filter((channel) => !this.#place || channel === this.#place)
      .flatMap((channel) => channel.messages)
      .filter((message) => message.onlyFor === this.#person.id)
      .map((message) => ({ at: instantOfTs(message.ts), text: contentLines(state, message).join("\n") }));
    const errors = audience.notices.filter((notice) => notice.user === this.#person.id);
    return [...shown, ...errors].toSorted((a, b) => a.at - b.at).map(({ text }) => text);
  }

  /** Her direct messages with the app, as a transcript; empty when there are none. */
  directMessages(): string {
    const { state, installation } = this.#scenery;
    const channel = state.directMessageBetween(this.#person.id, installation.botUserId);
    return channel ? transcript(state, channel, { as: this.#person.id }) : "";
  }

  /** Public channels, and the private ones and direct messages that she is in. */
  isOpenTo(channel: Channel): boolean {
    return channel.kind === "public" || channel.members.has(this.#person.id);
  }

  /** What she can see, newest first: her channels, direct messages, ephemeral messages for her. */
  visible(containing = ""): WorkspaceMessage[] {
    const { state } = this.#scenery;
    return [...state.channels.values()]
      .filter((channel) =>
        this.#place
          ? channel === this.#place && this.isOpenTo(channel)
          : channel.members.has(this.#person.id),
      )
      .flatMap((channel) => channel.messages)
      .filter((message) => message.onlyFor === undefined || message.onlyFor === this.#person.id)
      .filter((message) => contentLines(state, message).join("\n").includes(containing))
      .toSorted((a, b) => (a.ts < b.ts ? 1 : a.ts > b.ts ? -1 : 0));
  }

  message(containing: string, whose: "any" | "own" = "any"): WorkspaceMessage {
    const messages = this.visible().filter((one) => one.onlyFor === undefined);
    const candidates = messages.filter((one) => whose === "any" || one.user === this.#person.id);
    const { state } = this.#scenery;
    const found = candidates.find((one) => this.#reads(one).includes(containing));
    if (found) return found;
    const there = candidates.slice(0, 5).map((one) => contentLines(state, one).join(" "));
    throw new Error(
      `${this.#person.name} sees no message with "${containing}". The newest are ${quoted(there)}.`,
    );
  }

  #reads(message: WorkspaceMessage): string {
    return [...contentLines(this.#scenery.state, message), ...message.files.map((file) => file.name)].join(
      "\n",
    );
  }

  pressable(label: string, containing?: string): Pressable {
    const reader = this.lookup;
    const top = this.top();
    if (top && containing === undefined) {
      const inForm = pressed(controlsOf(top.view.blocks, reader), label, reader);
      if (inForm) return { ...inForm, view: top };
    }
    for (const message of this.visible(containing)) {
      const inMessage = pressed(controlsOf(message.blocks, reader), label, reader);
      if (inMessage) return { ...inMessage, message };
    }
    throw new Error(
      `${this.#person.name} sees no button "${label}". There are ${this.inventory(containing)}.`,
    );
  }

  inventory(containing?: string): string {
    const reader = this.lookup;
    const controls = this.visible(containing).flatMap((message) => controlsOf(message.blocks, reader));
    return quoted([...new Set(controls.map((control) => control.label))]);
  }

  top(): OpenView | undefined {
    return this.#scenery.state.topView(this.#person.id);
  }

  opened(): OpenView {
    const open = this.top();
    if (open) return open;
    const seen = this.sees().at(-1);
    throw new Error(
      `${this.#person.name} has no form open.${seen === undefined ? "" : ` She last saw: ${seen}`}`,
    );
  }
}

function pressed(
  controls: Control[],
  label: string,
  reader: Lookup,
): { control: Control; option?: string } | undefined {
  for (const control of controls) {
    if (control.type === "button" && isCalled(control, label)) return { control };
    if (control.type !== "overflow") continue;
    if (control.options.some((option) => textOf(option.text, reader) === label))
      return { control, option: label };
  }
  return undefined;
}

export function isCalled(control: Control, label: string): boolean {
  // What a screen reader says tells buttons of one label apart.
  const spoken = control.element["accessibility_label"];
  // "User impact: what share of the users?" goes by "User impact".
  const begins = control.isInput && control.label.startsWith(`${label}:`);
  return control.label === label || control.actionId === label || spoken === label || begins;
}

export function quoted(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}

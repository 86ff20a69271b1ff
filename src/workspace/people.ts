import { blockLines } from "./block-text.ts";
import { controlsOf } from "./controls.ts";
import { entered, type Entry } from "./form.ts";
import type { Seen } from "./interactions.ts";
import { Member } from "./member.ts";
import type { Channel, WorkspaceFile, WorkspaceMessage } from "./model.ts";
import { isCalled, type Modal, quoted } from "./sight.ts";
import { must } from "./state/outcome.ts";
import { contentLines } from "./transcript.ts";

/**
 * A person who acts in her own words. Before each act everything under way comes to rest, so she sees what the last act
 * brought. An act resolves when it was answered. What she could not do in Slack's client throws and says what is there.
 */
export class Actor extends Member {
  /** `#general`, or `@sitrep` for her direct messages with somebody. */
  in(place: string): Actor {
    return new Actor(this.stage, this.person, this.#channelCalled(place));
  }

  async types(command: string): Promise<Seen> {
    await this.rest();
    return this.stage.interactions.command(this.person, this.here(), command);
  }

  async says(text: string): Promise<Seen> {
    await this.rest();
    return this.#write({ text: this.composed(text) });
  }

  /** In the thread of the newest message that contains `to`. */
  async replies(to: string, text: string, options: { broadcast?: boolean } = {}): Promise<Seen> {
    await this.rest();
    const message = this.sight.message(to);
    const threadTs = message.threadTs ?? message.ts;
    return this.#write({ text: this.composed(text), threadTs, broadcast: options.broadcast === true });
  }

  async edits(old: string, text: string): Promise<Seen> {
    await this.rest();
    const { ts } = this.sight.message(old, "own");
    must(this.stage.state.editMessage({ ...this.at(ts), text: this.composed(text) }));
    return { ok: true, ts };
  }

  async deletes(text: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.deleteMessage(this.at(this.sight.message(text, "own").ts)));
    return { ok: true };
  }

  async reacts(name: string, to: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.addReaction({ ...this.at(this.sight.message(to).ts), name }));
    return { ok: true };
  }

  async unreacts(name: string, to: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.removeReaction({ ...this.at(this.sight.message(to).ts), name }));
    return { ok: true };
  }

  async shares(filename: string, content: string | Uint8Array, text = ""): Promise<Seen> {
    await this.rest();
    const file = this.#upload(filename, content);
    file.channels.push(this.here().id);
    return this.#write({ text: this.composed(text), files: [file] });
  }

  /** Puts a file of her own machine into a field of the open form. */
  async uploads(label: string, filename: string, content: string | Uint8Array): Promise<Seen> {
    await this.rest();
    this.#upload(filename, content);
    return this.fills({ [label]: [filename] });
  }

  #upload(filename: string, content: string | Uint8Array): WorkspaceFile {
    const { state } = this.stage;
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const file = state.announceFile({ name: filename, length: bytes.byteLength, user: this.person.id });
    must(state.receiveBytes(file.id, bytes));
    file.completed = true;
    return file;
  }

  /**
   * Presses the newest button she can see with this text, or picks this entry of an overflow menu; `in` narrows to
   * messages that contain it. A confirmation dialog is accepted unless `confirm` is false.
   */
  async clicks(label: string, options: { in?: string; confirm?: boolean } = {}): Promise<Seen> {
    await this.rest();
    const found = this.sight.pressable(label, options.in);
    if (found.control.element["confirm"] !== undefined && options.confirm === false) return { ok: true };
    const value =
      found.option === undefined ? undefined : entered(found.control, found.option, this.sight.lookup);
    const said = `pressed ${label}`;
    const { interactions } = this.stage;
    if (found.view) return interactions.actInView(this.person, found.view, found.control, value);
    return interactions.actInMessage(this.person, found.message, found.control, value, said);
  }

  /**
   * Every button and menu entry before her eyes here, newest message first, each to be pressed now or later: a message may have
   * changed meanwhile, as under a slow finger.
   */
  pressables(): { label: string; message: string; reads: () => string; press: () => Promise<Seen> }[] {
    const { interactions, state } = this.stage;
    const reader = this.sight.lookup;
    return this.sight.visible().flatMap((message) => {
      const reads = () => contentLines(state, message).join("\n");
      return controlsOf(message.blocks, reader).flatMap((control) => {
        const options = control.options.map(({ text }) => text.text);
        const entries = control.type === "button" ? [undefined] : options;
        return entries.map((entry) => ({
          label: entry ?? control.label,
          message: reads(),
          reads,
          press: () => {
            const value = entry === undefined ? undefined : entered(control, entry, reader);
            const said = `pressed ${entry ?? control.label}`;
            return interactions.actInMessage(this.person, message, control, value, said);
          },
        }));
      });
    });
  }

  /** Chooses in a select of the open form, else of the newest message that has one so labelled. */
  async chooses(select: string, entry: Entry, options: { in?: string } = {}): Promise<Seen> {
    const top = this.sight.top();
    const reader = this.sight.lookup;
    if (top && controlsOf(top.view.blocks, reader).some((control) => isCalled(control, select))) {
      return this.fills({ [select]: entry });
    }
    await this.rest();
    for (const message of this.sight.visible(options.in)) {
      const control = controlsOf(message.blocks, reader).find((one) => isCalled(one, select));
      if (!control || control.type === "button") continue;
      const said = `chose ${String(entry)} in ${select}`;
      const value = entered(control, entry, reader);
      return this.stage.interactions.actInMessage(this.person, message, control, value, said);
    }
    throw new Error(
      `${this.person.name} sees no select "${select}". There are ${this.sight.inventory(options.in)}.`,
    );
  }

  /** By label (or action id): text, an option's text, several of them, `@name`, `2024-02-15`, `14:52`; null empties. */
  async fills(entries: Record<string, Entry>): Promise<Seen> {
    await this.rest();
    const open = this.sight.opened();
    const reader = this.sight.lookup;
    let seen: Seen = { ok: true };
    for (const [label, entry] of Object.entries(entries)) {
      const controls = controlsOf(open.view.blocks, reader);
      const control = controls.find((one) => isCalled(one, label));
      if (!control)
        throw new Error(`The form has no "${label}". It has ${quoted(controls.map((one) => one.label))}.`);
      const value = entered(control, entry, reader);
      open.values[control.blockId] = { ...open.values[control.blockId], [control.actionId]: value };
      if (!control.dispatches) continue;
      seen = await this.stage.interactions.actInView(this.person, open, control, value);
      await this.rest();
    }
    return seen;
  }

  async submits(): Promise<Seen> {
    await this.rest();
    const seen = await this.stage.interactions.submit(this.person, this.sight.opened());
    const { errors } = seen;
    return errors ? { ...seen, errors: this.modal()?.errors ?? errors } : seen;
  }

  /** Cancel; `{ all: true }` is the cross that closes the whole stack. */
  async closes(options: { all?: boolean } = {}): Promise<Seen> {
    await this.rest();
    return this.stage.interactions.close(this.person, this.sight.opened(), options.all);
  }

  /** A shortcut by its name in the manifest; a message shortcut on the newest message that contains these words. */
  async uses(name: string, on: string | { message?: string } = {}): Promise<Seen> {
    await this.rest();
    const words = typeof on === "string" ? on : on.message;
    const wanted = words === undefined ? "global" : "message";
    const shortcuts = [...this.stage.installation.shortcuts];
    const found = shortcuts.find(([, shortcut]) => shortcut.name === name && shortcut.type === wanted);
    if (!found) {
      const there = shortcuts.map(([, shortcut]) => `${shortcut.name} (${shortcut.type})`);
      throw new Error(`There is no ${wanted} shortcut "${name}". There are ${quoted(there)}.`);
    }
    const message = words === undefined ? undefined : this.sight.message(words);
    return this.stage.interactions.shortcut(this.person, found[0], message);
  }

  /** She looks at the app's Home tab, of which the app then hears. */
  async opensHome(): Promise<Seen> {
    await this.rest();
    this.stage.interactions.openHome(this.person);
    await this.rest();
    return { ok: true };
  }

  /** Presses a button of the app's Home tab, or chooses `entry` in a select of it. */
  async clicksAtHome(label: string, entry?: Entry): Promise<Seen> {
    await this.rest();
    const home = this.stage.state.homes.get(this.person.id);
    const reader = this.sight.lookup;
    const controls = controlsOf(home?.view.blocks, reader);
    const chosen = typeof entry === "string" ? entry : label;
    const control =
      controls.find((one) => isCalled(one, label)) ??
      controls.find(
        (one) => one.type === "overflow" && one.options.some((option) => option.text.text === label),
      );
    if (!home || !control) {
      const there = quoted(controls.map((one) => one.label));
      throw new Error(`${this.person.name} sees no "${label}" on the app's home. There are ${there}.`);
    }
    const value = control.type === "button" ? undefined : entered(control, entry ?? chosen, reader);
    return this.stage.interactions.actInView(this.person, home, control, value);
  }

  /** What the app's Home tab shows her, in lines; empty while nothing was published. */
  home(): string {
    const blocks = this.stage.state.homes.get(this.person.id)?.view.blocks ?? [];
    return blocks.flatMap((block) => blockLines(block, this.sight.lookup)).join("\n");
  }

  /** Ephemeral messages and errors that she alone was shown, newest last. */
  sees(): string[] {
    return this.sight.sees();
  }

  /** Her direct messages with the app, as a transcript; empty when there are none. */
  directMessages(): string {
    return this.sight.directMessages();
  }

  /** The form on top, as she sees it; undefined when none is open. */
  modal(): Modal | undefined {
    return this.sight.modal();
  }

  #write(content: {
    text: string;
    threadTs?: string;
    broadcast?: boolean;
    files?: WorkspaceMessage["files"];
  }): Seen {
    const channel = this.here().id;
    const posted = must(this.stage.state.postMessage({ channel, user: this.person.id, ...content }));
    return { ok: true, ts: posted.ts };
  }

  #channelCalled(place: string): Channel {
    const { state } = this.stage;
    if (place.startsWith("@")) {
      const other = this.known(this.sight.lookup.person(place.slice(1)), place);
      return state.openDirectMessage(this.person.id, other).channel;
    }
    const seen = [...state.channels.values()].filter((one) => this.sight.isOpenTo(one));
    const channel = state.channelNamed(place);
    if (channel && seen.includes(channel)) return channel;
    const names = seen.filter(({ kind }) => kind !== "im").map(({ name }) => `#${name}`);
    throw new Error(`There is no channel ${place}. There are ${quoted(names)}.`);
  }
}

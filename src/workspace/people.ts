import type { WorkspaceClock } from "./clock.ts";
import { controlsOf } from "./controls.ts";
import { entered, type Entry } from "./form.ts";
import type { Seen } from "./interactions.ts";
import type { Channel, Person, WorkspaceMessage } from "./model.ts";
import { composed } from "./plain-text.ts";
import { isCalled, type Modal, quoted, type Scenery, Sight } from "./sight.ts";
import { must } from "./state/outcome.ts";

export interface Stage extends Scenery {
  clock: WorkspaceClock;
}

/**
 * A person who acts in her own words. Before each act everything under way comes to rest, so she sees what the last act
 * brought. An act resolves when it was answered. What she could not do in Slack's client throws and says what is there.
 */
export class Actor {
  readonly #stage: Stage;
  readonly #person: Person;
  readonly #place: Channel | undefined;
  readonly #sight: Sight;

  constructor(stage: Stage, person: Person, place?: Channel) {
    this.#stage = stage;
    this.#sight = new Sight(stage, person, place);
    this.#person = person;
    this.#place = place;
  }

  /** `#general`, or `@sitrep` for her direct messages with somebody. */
  in(place: string): Actor {
    return new Actor(this.#stage, this.#person, this.#channelCalled(place));
  }

  async types(command: string): Promise<Seen> {
    await this.#rest();
    return this.#stage.interactions.command(this.#person, this.#here(), command);
  }

  async says(text: string): Promise<Seen> {
    await this.#rest();
    return this.#write({ text: this.#composed(text) });
  }

  /** In the thread of the newest message that contains `to`. */
  async replies(to: string, text: string, options: { broadcast?: boolean } = {}): Promise<Seen> {
    await this.#rest();
    const message = this.#sight.message(to);
    const threadTs = message.threadTs ?? message.ts;
    return this.#write({ text: this.#composed(text), threadTs, broadcast: options.broadcast === true });
  }

  async edits(old: string, text: string): Promise<Seen> {
    await this.#rest();
    const { ts } = this.#sight.message(old, "own");
    must(this.#stage.state.editMessage({ ...this.#at(ts), text: this.#composed(text) }));
    return { ok: true, ts };
  }

  async deletes(text: string): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.deleteMessage(this.#at(this.#sight.message(text, "own").ts)));
    return { ok: true };
  }

  async reacts(name: string, to: string): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.addReaction({ ...this.#at(this.#sight.message(to).ts), name }));
    return { ok: true };
  }

  async unreacts(name: string, to: string): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.removeReaction({ ...this.#at(this.#sight.message(to).ts), name }));
    return { ok: true };
  }

  async pins(text: string): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.addPin(this.#at(this.#sight.message(text).ts)));
    return { ok: true };
  }

  async unpins(text: string): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.removePin(this.#at(this.#sight.message(text).ts)));
    return { ok: true };
  }

  async shares(filename: string, content: string | Uint8Array, text = ""): Promise<Seen> {
    await this.#rest();
    const { state } = this.#stage;
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const file = state.announceFile({ name: filename, length: bytes.byteLength, user: this.#person.id });
    must(state.receiveBytes(file.id, bytes));
    file.completed = true;
    file.channels.push(this.#here().id);
    return this.#write({ text: this.#composed(text), files: [file] });
  }

  async joins(): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.join(this.#place?.id ?? "", this.#person.id));
    return { ok: true };
  }

  async leaves(): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.leave(this.#here().id, this.#person.id));
    return { ok: true };
  }

  async invites(...names: string[]): Promise<Seen> {
    await this.#rest();
    const ids = names.map((name) => this.#known(this.#sight.lookup.person(name), name));
    must(this.#stage.state.invite(this.#here().id, ids, this.#person.id));
    return { ok: true };
  }

  async archives(): Promise<Seen> {
    await this.#rest();
    must(this.#stage.state.archive(this.#here().id, this.#person.id));
    return { ok: true };
  }

  /**
   * Presses the newest button she can see with this text, or picks this entry of an overflow menu; `in` narrows to
   * messages that contain it. A confirmation dialog is accepted unless `confirm` is false.
   */
  async clicks(label: string, options: { in?: string; confirm?: boolean } = {}): Promise<Seen> {
    await this.#rest();
    const found = this.#sight.pressable(label, options.in);
    if (found.control.element["confirm"] !== undefined && options.confirm === false) return { ok: true };
    const value =
      found.option === undefined ? undefined : entered(found.control, found.option, this.#sight.lookup);
    const said = `pressed ${label}`;
    const { interactions } = this.#stage;
    if (found.view) return interactions.actInView(this.#person, found.view, found.control, value);
    return interactions.actInMessage(this.#person, found.message, found.control, value, said);
  }

  /** Chooses in a select of the open form, else of the newest message that has one so labelled. */
  async chooses(select: string, entry: Entry, options: { in?: string } = {}): Promise<Seen> {
    const top = this.#sight.top();
    const reader = this.#sight.lookup;
    if (top && controlsOf(top.view.blocks, reader).some((control) => isCalled(control, select))) {
      return this.fills({ [select]: entry });
    }
    await this.#rest();
    for (const message of this.#sight.visible(options.in)) {
      const control = controlsOf(message.blocks, reader).find((one) => isCalled(one, select));
      if (!control || control.type === "button") continue;
      const said = `chose ${String(entry)} in ${select}`;
      const value = entered(control, entry, reader);
      return this.#stage.interactions.actInMessage(this.#person, message, control, value, said);
    }
    throw new Error(
      `${this.#person.name} sees no select "${select}". There are ${this.#sight.inventory(options.in)}.`,
    );
  }

  /** By label (or action id): text, an option's text, several of them, `@name`, `2024-02-15`, `14:52`; null empties. */
  async fills(entries: Record<string, Entry>): Promise<Seen> {
    await this.#rest();
    const open = this.#sight.opened();
    const reader = this.#sight.lookup;
    let seen: Seen = { ok: true };
    for (const [label, entry] of Object.entries(entries)) {
      const controls = controlsOf(open.view.blocks, reader);
      const control = controls.find((one) => isCalled(one, label));
      if (!control)
        throw new Error(`The form has no "${label}". It has ${quoted(controls.map((one) => one.label))}.`);
      const value = entered(control, entry, reader);
      open.values[control.blockId] = { ...open.values[control.blockId], [control.actionId]: value };
      if (!control.dispatches) continue;
      seen = await this.#stage.interactions.actInView(this.#person, open, control, value);
      await this.#rest();
    }
    return seen;
  }

  async submits(): Promise<Seen> {
    await this.#rest();
    const seen = await this.#stage.interactions.submit(this.#person, this.#sight.opened());
    const { errors } = seen;
    return errors ? { ...seen, errors: this.modal()?.errors ?? errors } : seen;
  }

  /** Cancel; `{ all: true }` is the cross that closes the whole stack. */
  async closes(options: { all?: boolean } = {}): Promise<Seen> {
    await this.#rest();
    return this.#stage.interactions.close(this.#person, this.#sight.opened(), options.all);
  }

  /** A shortcut by its name in the manifest; a message shortcut on the newest message that contains `message`. */
  async uses(name: string, options: { message?: string } = {}): Promise<Seen> {
    await this.#rest();
    const wanted = options.message === undefined ? "global" : "message";
    const shortcuts = [...this.#stage.installation.shortcuts];
    const found = shortcuts.find(([, shortcut]) => shortcut.name === name && shortcut.type === wanted);
    if (!found) {
      const there = shortcuts.map(([, shortcut]) => `${shortcut.name} (${shortcut.type})`);
      throw new Error(`There is no ${wanted} shortcut "${name}". There are ${quoted(there)}.`);
    }
    const message = options.message === undefined ? undefined : this.#sight.message(options.message);
    return this.#stage.interactions.shortcut(this.#person, found[0], message);
  }

  /** Ephemeral messages and errors that she alone was shown, newest last. */
  sees(): string[] {
    return this.#sight.sees();
  }

  /** Her direct messages with the app, as a transcript; empty when there are none. */
  directMessages(): string {
    return this.#sight.directMessages();
  }

  /** The form on top, as she sees it; undefined when none is open. */
  modal(): Modal | undefined {
    return this.#sight.modal();
  }

  #rest(): Promise<void> {
    return this.#stage.clock.settle();
  }

  #composed(text: string): string {
    return composed(text, this.#sight.lookup);
  }

  #write(content: {
    text: string;
    threadTs?: string;
    broadcast?: boolean;
    files?: WorkspaceMessage["files"];
  }): Seen {
    const channel = this.#here().id;
    const posted = must(this.#stage.state.postMessage({ channel, user: this.#person.id, ...content }));
    return { ok: true, ts: posted.ts };
  }

  #at(ts: string): { channel: string; ts: string; user: string } {
    return { channel: this.#here().id, ts, user: this.#person.id };
  }

  #here(): Channel {
    const { name } = this.#person;
    if (!this.#place) throw new Error(`Say where ${name} does that: .in("#channel").`);
    if (this.#place.members.has(this.#person.id)) return this.#place;
    throw new Error(`${name} is not in #${this.#place.name}; .joins() first.`);
  }

  #channelCalled(place: string): Channel {
    const { state } = this.#stage;
    if (place.startsWith("@")) {
      const other = this.#known(this.#sight.lookup.person(place.slice(1)), place);
      return state.openDirectMessage(this.#person.id, other).channel;
    }
    const channel = state.channelNamed(place);
    if (channel) return channel;
    const names = [...state.channels.values()]
      .filter(({ kind }) => kind !== "im")
      .map(({ name }) => `#${name}`);
    throw new Error(`There is no channel ${place}. There are ${quoted(names)}.`);
  }

  #known(id: string | undefined, name: string): string {
    if (id === undefined) throw new Error(`Nobody here is called ${name}.`);
    return id;
  }
}

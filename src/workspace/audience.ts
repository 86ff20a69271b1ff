import type { Instant } from "./model.ts";
import type { Lookup } from "./form.ts";
import type { WorkspaceState } from "./state.ts";
import { fileShape } from "./state/shapes.ts";

/** Something a person did that leaves no message: pressed, typed, submitted. */
export interface Act {
  at: Instant;
  who: string;
  channel?: string;
  did: string;
}

/** An error that Slack's own client showed to one person. */
export interface Notice {
  at: Instant;
  user: string;
  text: string;
}

/** What happens in front of people without being a message: their acts, and errors shown to them. */
export class Audience {
  readonly notices: Notice[] = [];
  readonly acts: Act[] = [];
  readonly #listeners = new Set<(act: Act) => void>();
  readonly #noticed = new Set<(notice: Notice) => void>();

  onAct(listener: (act: Act) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  act(act: Act): void {
    this.acts.push(act);
    for (const listener of this.#listeners) listener(act);
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticed.add(listener);
    return () => this.#noticed.delete(listener);
  }

  notify(notice: Notice): void {
    this.notices.push(notice);
    for (const listener of this.#noticed) listener(notice);
  }
}

/** Names for ids and ids for names, as the team knows them now. */
export function lookupOf(state: WorkspaceState): Lookup {
  return {
    now: () => state.clock.now(),
    personName: (id) => state.person(id)?.name,
    channelName: (id) => state.channel(id)?.name,
    groupName: (id) => state.groups?.get(id)?.handle,
    person: (name) => state.personNamed(name)?.id,
    channel: (name) => state.channelNamed(name)?.id,
    group: (name) => state.groupNamed(name)?.id,
    file: (name) => {
      const file = [...state.files.values()].findLast((each) => each.name === name && each.completed);
      return file && fileShape(state, file);
    },
  };
}

import { milliseconds, type WorkspaceClock } from "./clock.ts";
import type { Seen } from "./interactions.ts";
import type { Channel, Person } from "./model.ts";
import { composed } from "./plain-text.ts";
import { type Scenery, Sight } from "./sight.ts";
import { must } from "./state/outcome.ts";

export interface Stage extends Scenery {
  clock: WorkspaceClock;
}

/** What a person does with channels and with her own account. Each act waits until everything under way has come to rest. */
export class Member {
  protected readonly stage: Stage;
  protected readonly person: Person;
  protected readonly place: Channel | undefined;
  protected readonly sight: Sight;

  constructor(stage: Stage, person: Person, place?: Channel) {
    this.stage = stage;
    this.sight = new Sight(stage, person, place);
    this.person = person;
    this.place = place;
  }

  async pins(text: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.addPin(this.at(this.sight.message(text).ts)));
    return { ok: true };
  }

  async unpins(text: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.removePin(this.at(this.sight.message(text).ts)));
    return { ok: true };
  }

  async joins(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.join(this.place?.id ?? "", this.person.id));
    return { ok: true };
  }

  async leaves(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.leave(this.here().id, this.person.id));
    return { ok: true };
  }

  async invites(...names: string[]): Promise<Seen> {
    await this.rest();
    const ids = names.map((name) => this.known(this.sight.lookup.person(name.replace(/^@/, "")), name));
    must(this.stage.state.invite(this.here().id, ids, this.person.id));
    return { ok: true };
  }

  async setsTopic(topic: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.setTopic(this.here().id, this.person.id, this.composed(topic)));
    return { ok: true };
  }

  async renames(name: string): Promise<Seen> {
    await this.rest();
    must(this.stage.state.rename(this.here().id, this.person.id, name.replace(/^#/, "")));
    return { ok: true };
  }

  async archives(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.archive(this.here().id, this.person.id));
    return { ok: true };
  }

  async unarchives(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.unarchive(this.here().id, this.person.id));
    return { ok: true };
  }

  /** Somebody, or the app, from this channel. */
  async removes(name: string): Promise<Seen> {
    await this.rest();
    const id = this.known(this.sight.lookup.person(name.replace(/^@/, "")), name);
    must(this.stage.state.kick(this.here().id, id, this.person.id));
    return { ok: true };
  }

  async makesPrivate(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.convert(this.here().id, this.person.id, "private"));
    return { ok: true };
  }

  async makesPublic(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.convert(this.here().id, this.person.id, "public"));
    return { ok: true };
  }

  async deletesChannel(): Promise<Seen> {
    await this.rest();
    must(this.stage.state.deleteChannel(this.here().id, this.person.id));
    return { ok: true };
  }

  /** Do not disturb for so long, such as `2h`. */
  async pauses(length: string): Promise<Seen> {
    await this.rest();
    const { state } = this.stage;
    state.pauseNotifications(this.person, state.clock.now() + milliseconds(length));
    return { ok: true };
  }

  protected rest(): Promise<void> {
    return this.stage.clock.settle();
  }

  protected composed(text: string): string {
    return composed(text, this.sight.lookup);
  }

  protected at(ts: string): { channel: string; ts: string; user: string } {
    return { channel: this.here().id, ts, user: this.person.id };
  }

  protected here(): Channel {
    const { name } = this.person;
    if (!this.place) throw new Error(`Say where ${name} does that: .in("#channel").`);
    if (this.place.members.has(this.person.id)) return this.place;
    throw new Error(`${name} is not in #${this.place.name}; .joins() first.`);
  }

  protected known(id: string | undefined, name: string): string {
    if (id === undefined) throw new Error(`Nobody here is called ${name}.`);
    return id;
  }
}

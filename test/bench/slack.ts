import { Child } from "./child.ts";

export type Asked =
  | { do: "meet"; url: string }
  | { do: "type"; by: string; place: string; words: string }
  | { do: "talk"; by: string; place: string; many: number }
  | { do: "settle" }
  | { do: "calls" };

/** A call of the Web API, in wire milliseconds from its arrival to its answer. */
export interface Call {
  method: string;
  /** Empty: it names none. */
  channel: string;
  begun: number;
  ended: number;
}

export interface Installed {
  env: Record<string, string>;
  signingSecret: string;
  teamId: string;
  appId: string;
  botUserId: string;
  botId: string;
  /** Ids, in the order of their names. */
  people: string[];
}

export type Told =
  | ({ done: "start" } & Installed)
  | { done: "meet" }
  | { done: "type"; ok: boolean }
  | { done: "talk" }
  | { done: "settle"; channels: string[] }
  | { done: "calls"; calls: Call[] };

/** The local workspace in a process of its own, so that whoever is measured does not pay for it. */
export class Slack implements AsyncDisposable {
  readonly installed: Installed;
  readonly #child: Child;

  private constructor(child: Child, installed: Installed) {
    this.#child = child;
    this.installed = installed;
  }

  /** @param latency wire milliseconds of every call */
  static async start({ people, latency = 0 }: { people: string[]; latency?: number }): Promise<Slack> {
    const child = new Child("test/bench/slack-process.ts", [JSON.stringify(people), String(latency)]);
    const told: Told = await child.hears();
    if (told.done !== "start") throw new Error(`The workspace began with ${told.done}`);
    return new Slack(child, told);
  }

  /** From now on events and commands go there. */
  async meets(port: number): Promise<void> {
    await this.#asks({ do: "meet", url: `http://127.0.0.1:${port}/slack/events` });
  }

  async types(by: string, place: string, words: string): Promise<void> {
    await this.#asks({ do: "type", by, place, words });
  }

  /** Says so many things, each delivered. */
  async talks(by: string, place: string, many: number): Promise<void> {
    await this.#asks({ do: "talk", by, place, many });
  }

  /** Once nothing is under way in it. */
  async channels(): Promise<string[]> {
    const told = await this.#asks({ do: "settle" });
    return told.done === "settle" ? told.channels : [];
  }

  /** Since the last time that they were asked for. */
  async calls(): Promise<Call[]> {
    const told = await this.#asks({ do: "calls" });
    return told.done === "calls" ? told.calls : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
  }

  async #asks(asked: Asked): Promise<Told> {
    this.#child.tell(asked);
    return this.#child.hears();
  }
}

import { z } from "zod";
import { type Caller, pages, type Trail } from "../calls.ts";
import { through } from "./through.ts";

const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });

/** A channel that the configuration names: a name is looked up once, and again when it proves wrong. */
export class NamedChannel {
  readonly #caller: Caller;
  /** Name without `#`, or an id. */
  readonly configured: string;
  #id: string | undefined;
  readonly #trails = new Map<string, Trail>();

  constructor(caller: Caller, configured: string) {
    this.#caller = caller;
    this.configured = configured.replace(/^#/, "");
  }

  /** Undefined where there is no such channel that Sitrep sees: a private one only as its member. @throws CallFailed */
  async find(): Promise<string | undefined> {
    if (/^[CDG][A-Z0-9]{6,}$/.test(this.configured)) return this.configured;
    this.#id ??= await this.#lookUp(this.configured);
    return this.#id;
  }

  /** @returns whether looking again may find another one */
  forget(): boolean {
    const known = this.#id !== undefined;
    this.#id = undefined;
    return known;
  }

  get label(): string {
    return `#${this.configured}`;
  }

  // Tier 2, so that large pages spare calls: a workspace of 10 000 channels takes ten.
  async #lookUp(name: string): Promise<string | undefined> {
    const args = { types: "public_channel,private_channel", exclude_archived: true, limit: 999 };
    return through(
      this.#trails,
      name,
      (trail) => pages(this.#caller, "conversations.list", args, channelsSchema, Infinity, trail),
      ({ channels }) => channels.find((channel) => channel.name === name)?.id,
    );
  }
}

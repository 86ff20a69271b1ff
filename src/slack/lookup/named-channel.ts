import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { pages } from "../calls.ts";

const mostPages = 50;
const channelsSchema = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });

/** A channel that the configuration names: a name is looked up once, and again when it proves wrong. */
export class NamedChannel {
  readonly #client: WebClient;
  /** Name without `#`, or an id. */
  readonly configured: string;
  #id: string | undefined;

  constructor(client: WebClient, configured: string) {
    this.#client = client;
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
    for await (const { channels } of pages(
      { client: this.#client },
      "conversations.list",
      args,
      channelsSchema,
      mostPages,
    )) {
      const found = channels.find((channel) => channel.name === name);
      if (found) return found.id;
    }
    return undefined;
  }
}

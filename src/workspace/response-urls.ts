import type { KnownBlock } from "@slack/types";
import { z } from "zod";
import { validateMessage } from "./block-kit/message.ts";
import type { WireTimes } from "./delivery/wire.ts";
import type { WorkspaceMessage } from "./model.ts";
import type { WorkspaceState } from "./state.ts";
import { wireNow } from "./wire-time.ts";

/** What a person did that the app may answer to. */
export interface Origin {
  user: string;
  channel: string;
  /** The message that was pressed or chosen; a command has none until it was answered. */
  message?: { ts: string; onlyFor?: string };
  isCommand: boolean;
}

export type Applied =
  | { ok: true; message?: WorkspaceMessage }
  | { ok: false; error: string; messages?: string[] };

// Blocks were checked by validateMessage before they are taken for Slack's own types.
const isBlocks = (value: unknown): value is KnownBlock[] => Array.isArray(value);

const Reply = z.looseObject({
  text: z.string().optional(),
  blocks: z.union([z.array(z.looseObject({})), z.string()]).optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

const KNOWN_KEYS = new Set([
  ...Object.keys(Reply.shape),
  "mrkdwn",
  "unfurl_links",
  "unfurl_media",
  "parse",
  "link_names",
]);
const MOST_USES = 5;

/** `POST /response/<id>`: five uses in 30 minutes of wire time (docs.slack.dev/interactivity/handling-user-interaction). */
export class ResponseUrls {
  readonly #state: WorkspaceState;
  readonly #address: () => string;
  readonly #times: Readonly<WireTimes>;
  readonly #open = new Map<string, { origin: Origin; at: number; uses: number }>();

  constructor(options: { state: WorkspaceState; address: () => string; times: Readonly<WireTimes> }) {
    this.#state = options.state;
    this.#address = options.address;
    this.#times = options.times;
  }

  issue(origin: Origin): string {
    const id = this.#state.ids.hex("response-url", 24);
    this.#open.set(id, { origin, at: wireNow(), uses: 0 });
    return `${this.#address()}/response/${id}`;
  }

  /** Answers with an HTTP status and Slack's JSON. A refused body uses up one of the five as well. */
  post(id: string, body: unknown): { status: number; body: Record<string, unknown> } {
    const open = this.#open.get(id);
    // The error words are from memory: public texts give only the limits.
    if (!open) return refusal(404, "invalid_url");
    if (wireNow() - open.at >= this.#times.responseUrlLife) return refusal(404, "expired_url");
    if (open.uses >= MOST_USES) return refusal(404, "used_url");
    open.uses += 1;
    const applied = this.apply(open.origin, body);
    if (applied.ok) return { status: 200, body: { ok: true } };
    const details = applied.messages && { response_metadata: { messages: applied.messages } };
    return { status: 400, body: { ok: false, error: applied.error, ...details } };
  }

  /** Shows a reply, whether it came as the answer itself or by a response URL. */
  apply(origin: Origin, body: unknown): Applied {
    const parsed = Reply.safeParse(typeof body === "string" ? { text: body } : body);
    if (!parsed.success)
      return { ok: false, error: "invalid_payload", messages: [z.prettifyError(parsed.error)] };
    const reply = parsed.data;
    for (const key of Object.keys(reply)) {
      if (!KNOWN_KEYS.has(key))
        this.#state.complain(`A reply carried "${key}", which is not implemented here.`);
    }
    if (reply.delete_original === true) return this.#deleteOriginal(origin);
    const blocks = typeof reply.blocks === "string" ? jsonOf(reply.blocks) : reply.blocks;
    if (blocks !== undefined && !isBlocks(blocks)) return { ok: false, error: "invalid_blocks_format" };
    if (reply.text === undefined && (blocks === undefined || blocks.length === 0)) {
      return { ok: false, error: "no_text" };
    }
    const messages = validateMessage({
      ...(reply.text !== undefined && { text: reply.text }),
      ...(blocks && { blocks }),
    });
    if (messages.length > 0) return { ok: false, error: "invalid_blocks", messages };
    const content = { text: reply.text ?? "", ...(blocks && { blocks }) };
    if (reply.replace_original === true && origin.message)
      return this.#replaceOriginal(origin.message, origin.channel, content);
    return this.#post(origin, content, reply);
  }

  #post(
    origin: Origin,
    content: { text: string; blocks?: KnownBlock[] },
    reply: { response_type?: string | undefined; thread_ts?: string | undefined },
  ): Applied {
    const isPublic = reply.response_type === "in_channel";
    const posted = this.#state.postMessage({
      channel: origin.channel,
      ...this.#app(),
      ...content,
      ...(reply.thread_ts !== undefined && { threadTs: reply.thread_ts }),
      ...(!isPublic && { onlyFor: origin.user }),
    });
    if (!posted.ok) return posted;
    // A command's first answer is what a later replace_original means; the typed command itself cannot be replaced.
    if (origin.isCommand)
      origin.message ??= { ts: posted.value.ts, ...(!isPublic && { onlyFor: origin.user }) };
    return { ok: true, message: posted.value };
  }

  #replaceOriginal(
    original: { ts: string },
    channel: string,
    content: { text: string; blocks?: KnownBlock[] },
  ): Applied {
    const edited = this.#state.editMessage({ channel, ts: original.ts, ...this.#app(), ...content });
    return edited.ok ? { ok: true, message: edited.value } : edited;
  }

  #deleteOriginal(origin: Origin): Applied {
    if (!origin.message) return { ok: false, error: "message_not_found" };
    const { user } = this.#app();
    const gone = this.#state.deleteMessage({ channel: origin.channel, ts: origin.message.ts, user });
    return gone.ok ? { ok: true } : gone;
  }

  #app(): { user: string; botId: string } {
    const { installation } = this.#state;
    if (!installation) throw new Error("No app is installed.");
    return { user: installation.botUserId, botId: installation.botId };
  }
}

function refusal(status: number, error: string): { status: number; body: Record<string, unknown> } {
  return { status, body: { ok: false, error } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

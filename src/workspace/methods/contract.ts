import type { Channel, Installation, SocketDesk, TriggerDesk } from "../model.ts";
import type { Tier } from "../rate-limits.ts";
import type { WorkspaceState } from "../state.ts";
import type { Args, ArgSpec } from "./args.ts";

/** `ok: false` comes with Slack's error code; HTTP 200 either way. */
export type Refusal = { ok: false; error: string } & Record<string, unknown>;
export type Answer = ({ ok: true } & Record<string, unknown>) | Refusal;

/**
 * Scopes by the kind of conversation, `any` where the kind does not matter. Of one list any one scope is enough;
 * `also` names a scope that a particular use needs beside them.
 */
export interface MethodScopes {
  any?: readonly string[];
  public?: readonly string[];
  private?: readonly string[];
  im?: readonly string[];
  also?: Readonly<Record<string, string>>;
}

/** What a method needs from the rest of the workspace. */
export interface Desks {
  state: WorkspaceState;
  triggers: TriggerDesk;
  sockets: SocketDesk;
  baseUrl: () => string;
  validateMessage: (message: { text?: string; blocks?: unknown; metadata?: unknown }) => string[];
  validateView: (view: unknown) => string[];
}

export interface Call extends Desks {
  method: MethodRow;
  installation: Installation;
  args: Args;
  /** Happens once the answer is on its way, as Slack's asynchronous work does. */
  later: (work: () => void) => void;
}

export interface MethodRow {
  tier: Tier;
  /** Which token may call it. */
  token: "bot" | "app";
  scopes: MethodScopes;
  /** Whether it reads JSON bodies; all read forms. */
  json: boolean;
  args: Readonly<Record<string, ArgSpec>>;
  /** Beyond those that every method can give. */
  errors: readonly string[];
  /** Where Slack describes it. */
  source: string;
  run: (call: Call) => Answer;
}

export function missingScope(call: Pick<Call, "installation">, needed: readonly string[]): Refusal {
  return {
    ok: false,
    error: "missing_scope",
    needed: needed.join(","),
    provided: [...call.installation.scopes].join(","),
  };
}

export function hasAnyScope(call: Pick<Call, "installation">, scopes: readonly string[]): boolean {
  return scopes.length === 0 || scopes.some((scope) => call.installation.scopes.has(scope));
}

/**
 * The conversation that an argument names, when the app may see it and has the scope for its kind. A private one that
 * the bot is not in does not exist for it.
 */
export function visibleChannel(call: Call, id: string): { ok: true; value: Channel } | Refusal {
  const channel = call.state.channel(id);
  const hidden = channel?.kind !== "public" && channel?.members.has(call.installation.botUserId) !== true;
  if (!channel || hidden) return { ok: false, error: "channel_not_found" };
  const needed = call.method.scopes[channel.kind] ?? [];
  if (!hasAnyScope(call, needed)) return missingScope(call, needed);
  return { ok: true, value: channel };
}

/** As `visibleChannel`, and the bot is a member: otherwise not_in_channel. */
export function joinedChannel(call: Call, id: string): { ok: true; value: Channel } | Refusal {
  const found = visibleChannel(call, id);
  if (!found.ok || found.value.members.has(call.installation.botUserId)) return found;
  return { ok: false, error: "not_in_channel" };
}

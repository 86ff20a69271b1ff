import type { TriggerDesk } from "./model.ts";
import type { Ids } from "./state/ids.ts";
import { wireNow } from "./wire-time.ts";

/**
 * Trigger ids live 3 seconds of wire time from the moment they were issued, and work once
 * (docs.slack.dev/interactivity/handling-user-interaction).
 */
export class Triggers implements TriggerDesk {
  readonly #ids: Ids;
  readonly #life: number;
  readonly #issued = new Map<string, { user: string; at: number; used: boolean }>();

  constructor(options: { ids: Ids; life: number }) {
    this.#ids = options.ids;
    this.#life = options.life;
  }

  issue(user: string): string {
    const id = `${this.#ids.digits("trigger", 13)}.${this.#ids.digits("trigger-team", 13)}.${this.#ids.hex("trigger-secret", 32)}`;
    this.#issued.set(id, { user, at: wireNow(), used: false });
    return id;
  }

  redeem(triggerId: string): { ok: true; user: string } | { ok: false; error: string } {
    const issued = this.#issued.get(triggerId);
    if (!issued) return { ok: false, error: "invalid_trigger_id" };
    if (issued.used) return { ok: false, error: "exchanged_trigger_id" };
    if (wireNow() - issued.at >= this.#life) return { ok: false, error: "expired_trigger_id" };
    issued.used = true;
    return { ok: true, user: issued.user };
  }
}

import { createHash } from "node:crypto";
import type { IncidentClock } from "../model.ts";

type IdKind = "T" | "U" | "C" | "D" | "F" | "V" | "B" | "A" | "S" | "Bk";

/** Ids and secrets drawn from a seed: the same seed gives the same ids in the same order, kind by kind. */
export class Ids {
  readonly #seed: number;
  readonly #drawn = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Such as `C07KQ2M1XZ4`. */
  next(kind: IdKind): string {
    return `${kind}0${this.#draw(kind, 9, "0123456789ABCDEFGHJKLMNPQRSTVWXYZ")}`;
  }

  digits(purpose: string, length: number): string {
    return `1${this.#draw(purpose, length - 1, "0123456789")}`;
  }

  hex(purpose: string, length: number): string {
    return this.#draw(purpose, length, "0123456789abcdef");
  }

  #draw(purpose: string, length: number, alphabet: string): string {
    const turn = (this.#drawn.get(purpose) ?? 0) + 1;
    this.#drawn.set(purpose, turn);
    const bytes = createHash("sha512").update(`${this.#seed}/${purpose}/${turn}`).digest();
    return Array.from({ length }, (_, i) => alphabet[(bytes[i] ?? 0) % alphabet.length]).join("");
  }
}

/** A stable UUID for a subject, for fields such as `client_msg_id` that must not change between two readings. */
export function stableUuid(subject: string): string {
  const hex = createHash("sha256").update(subject).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Message timestamps: `<unix seconds>.<6 digits>` of incident time, strictly rising even while the clock stands. */
export class Timestamps {
  readonly #clock: IncidentClock;
  #last = 0;

  constructor(clock: IncidentClock) {
    this.#clock = clock;
  }

  next(): string {
    this.#last = Math.max(Math.floor(this.#clock.now()) * 1000, this.#last + 1);
    const seconds = Math.floor(this.#last / 1_000_000);
    return `${seconds}.${String(this.#last % 1_000_000).padStart(6, "0")}`;
  }
}

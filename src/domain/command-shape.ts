import type { Actor } from "./actor.ts";

/** `dueAt`: of a timer, when it was due; it may have had to wait since. */
export type CommandOf<Type extends string, Data> = {
  type: Type;
  at: number;
  actor: Actor;
  dueAt?: number;
} & Data;

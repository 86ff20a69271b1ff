import type { Actor } from "./actor.ts";

export type CommandOf<Type extends string, Data> = { type: Type; at: number; actor: Actor } & Data;

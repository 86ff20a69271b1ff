import { effectSchema, timerSchema } from "../../src/domain/effect.ts";
import { type Disturbance, isCall } from "./breaker.ts";

/** A moment of a story with what happens in it. */
export interface Point {
  disturbance: Disturbance;
  /** `after chat.postMessage #3`. */
  at: string;
}

/** Chooses among the points; the same one chooses the same. */
export const seed = Number(process.env["CRASH_SEED"] ?? process.env["FC_SEED"] ?? 20_260_215);

const wanted = process.env["CRASH_POINTS"];

/** Every moment at which the story can be so disturbed. A write to the store has no other answer. */
export const pointsOf = (moments: readonly string[], disturbance: Disturbance): Point[] =>
  moments.filter((moment) => disturbance === "killed" || isCall(moment)).map((at) => ({ at, disturbance }));

const kindsIn = (schema: typeof effectSchema | typeof timerSchema): string[] =>
  schema.options.map(({ shape }) => shape.type.value);
/** Every kind of effect that there is, timers included. */
export const effectKinds = kindsIn(effectSchema);

/** Performing a timer is one commit, and subscribers stand in the database. */
const callsNobody = [...kindsIn(timerSchema), "FindSubscribers"];

/** For each kind of effect, between the last call that the first one makes, if any, and the commit that says it is done. */
export const onePerKind = (kinds: readonly string[], moments: readonly string[]): Point[] =>
  kinds.map((kind) => {
    const settling = `before settling ${kind} as done`;
    const isDue = (before = "") =>
      callsNobody.includes(kind) || (before.startsWith("after ") && isCall(before));
    const at = moments.find((moment, n) => moment.startsWith(settling) && isDue(moments[n - 1]));
    return { at: at ?? `${settling}, after a call`, disturbance: "killed" };
  });

/** Whether more is asked for than `npm test` takes. */
export const isThorough = wanted !== undefined;

/** `CRASH_POINTS` of them, or all; `few` where it is not said. Drawn by the seed, in the order of the story. */
export function sampled(points: readonly Point[], few: number): Point[] {
  const most = wanted === "all" ? points.length : Number(wanted ?? few);
  return points
    .map((point, index) => ({ point, index, rank: drawn(index) }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, most)
    .toSorted((one, other) => one.index - other.index)
    .map(({ point }) => point);
}

/** Evenly spread over 32 bits, otherwise for each seed (the finalizer of MurmurHash3). */
function drawn(index: number): number {
  let mixed = Math.imul(index + 1, 0x9e37_79b1) ^ seed;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

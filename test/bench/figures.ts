/** What was measured, in the order of its rounds. */
export interface Figure {
  /** Whose it is and what it says, such as "Sitrep, acknowledged events". */
  name: string;
  unit: string;
  rounds: number[];
  /** Of the median. */
  aim?: { atLeast: number } | { atMost: number };
}

export interface Bench {
  name: string;
  /** One sentence: what is compared with what. */
  says: string;
  run(how: How): Promise<Figure[]>;
}

export interface How {
  /** Proves that it runs; its figures mean nothing. */
  quick: boolean;
  /** An empty folder on a disk, which goes afterwards. */
  folder: string;
  /** A line about what goes on. */
  say: (line: string) => void;
}

export interface Spread {
  median: number;
  /** The quartiles. */
  lower: number;
  upper: number;
}

export function spreadOf(rounds: readonly number[]): Spread {
  const sorted = rounds.toSorted((one, other) => one - other);
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
}

/** Of what is sorted; between two values in proportion. */
export function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place % 1);
}

/** Undefined: it aims at nothing. */
export function isHeld({ rounds, aim }: Figure): boolean | undefined {
  if (!aim) return undefined;
  const { median } = spreadOf(rounds);
  return "atLeast" in aim ? median >= aim.atLeast : median <= aim.atMost;
}

/** Round by round, so that what slowed the machine for a while slowed both. */
export const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
  ours.map((value, round) => value / (theirs[round] ?? Number.NaN));

export function lineOf(figure: Figure): string {
  const { median, lower, upper } = spreadOf(figure.rounds);
  const { aim } = figure;
  const held = aim && `   aim ${"atLeast" in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`}`;
  const verdict = isHeld(figure) === undefined ? "" : isHeld(figure) ? ": held" : ": MISSED";
  const spread = figure.rounds.length > 1 ? `   (${short(lower)} … ${short(upper)})` : "";
  return `  ${figure.name.padEnd(58)} ${short(median).padStart(9)} ${figure.unit}${spread}${held ?? ""}${verdict}`;
}

const short = (value: number): string =>
  Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

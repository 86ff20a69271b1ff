// `npm run bench [-- NAME…] [-- --quick]`: measures, prints, writes data/bench/<name>.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benches } from "./benches.ts";
import { type Bench, type Figure, isHeld, lineOf, spreadOf } from "./figures.ts";
import { circumstances } from "./machine.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, out: { type: "string", default: "data/bench" } },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);

const unknown = positionals.filter((name) => benches.every((bench) => bench.name !== name));
if (unknown.length > 0) {
  say(`There is no bench ${unknown.join(", ")}. There are ${benches.map(({ name }) => name).join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const bench of benches)
    if (positionals.length === 0 || positionals.includes(bench.name)) await measure(bench);
}

async function measure(bench: Bench): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-bench-"));
  try {
    const about = circumstances(folder);
    say(`\n${bench.name}: ${bench.says}`);
    for (const [what, is] of Object.entries(about)) say(`  ${what.padEnd(14)} ${is}`);
    if (values.quick) say("  QUICK: shows that it runs; the figures mean nothing");
    const figures = await bench.run({ quick: values.quick, folder, say: (line) => say(`  … ${line}`) });
    for (const figure of figures) say(lineOf(figure));
    write(bench, about, figures);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write({ name, says }: Bench, about: Record<string, string>, figures: Figure[]): void {
  mkdirSync(values.out, { recursive: true });
  const measured = figures.map((figure) => ({ ...figure, ...spreadOf(figure.rounds), held: isHeld(figure) }));
  const all = {
    name,
    says,
    at: new Date(Date.now()).toISOString(),
    quick: values.quick,
    about,
    figures: measured,
  };
  writeFileSync(join(values.out, `${name}.json`), `${JSON.stringify(all, null, 2)}\n`);
}

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { exportPostmortem } from "../../src/postmortem/export.ts";
import { type Bench, ratios } from "./figures.ts";
import { declareIncidents, fill, openRecord, type Record } from "./record.ts";

/** Whether a post-mortem stays linear. */
export const postmortem: Bench = {
  name: "postmortem",
  says: "the post-mortem of an incident with 50,000 key entries beside that of one with 500, per entry",
  async run({ quick, folder, say }) {
    const path = join(folder, "sitrep.db");
    await using record = await openRecord(path);
    const [few = 0, many = 0] = await declareIncidents(record, 2, { over: false });
    const entries = { few: quick ? 50 : 500, many: quick ? 500 : 50_000 };
    fill(path, { incident: few, many: entries.few, markEvery: 1 });
    fill(path, { incident: many, many: entries.many, markEvery: 1 });
    const times = Math.min(40, entries.many / entries.few);
    say("both warm up");
    for (let round = 0; round < 2; round++) {
      await exported(record, few, entries.few, times);
      await exported(record, many, entries.many, 1);
    }
    const cost = { few: [] as number[], many: [] as number[] };
    for (let round = 0; round < (quick ? 2 : 7); round++) {
      cost.few.push(await exported(record, few, entries.few, times));
      cost.many.push(await exported(record, many, entries.many, 1));
    }
    return [
      { name: `an entry of ${entries.many}`, unit: "µs", rounds: cost.many },
      { name: `an entry of ${entries.few}`, unit: "µs", rounds: cost.few },
      { name: "ratio", unit: "", rounds: ratios(cost.many, cost.few), aim: { atMost: 1.2 } },
    ];
  },
};

/** Microseconds an entry. */
async function exported(record: Record, incident: number, entries: number, times: number): Promise<number> {
  const begun = performance.now();
  for (let time = 0; time < times; time++) {
    const made = await exportPostmortem(record, incident);
    const listed = made?.markdown.match(/\(\[source\]|^- /gm)?.length ?? 0;
    if (listed < entries) throw new Error(`Of ${entries} entries ${listed} are in the post-mortem`);
  }
  return ((performance.now() - begun) * 1000) / (entries * times);
}

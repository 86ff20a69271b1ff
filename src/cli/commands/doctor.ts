import { existsSync } from "node:fs";
import { systemClock, wireNow, wireSleep } from "../../clock.ts";
import { loadRecordConfig, type RecordConfig } from "../../config.ts";
import { StoreFault } from "../../store/fault.ts";
import type { Store } from "../../store/port.ts";
import { damageIn } from "../../store/sqlite/damage.ts";
import { openSqliteStore } from "../../store/sqlite/open.ts";
import { probe } from "../../store/sqlite/probe.ts";
import { isServed } from "../../store/sqlite/serving.ts";
import type { Finding } from "../findings/finding.ts";
import { outboxFindings } from "../findings/outbox.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";

/** 1 when something is found. */
export async function doctor(terminal: Terminal, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const loaded = loadRecordConfig(terminal);
  if (!loaded.ok) return fail(terminal, ...loaded.faults);
  const { config } = loaded;
  const findings = await findingsOf(terminal, config);
  terminal.out(json ? asJson(config, findings) : inWords(config, findings));
  return findings.length === 0 ? 0 : 1;
}

async function findingsOf(
  { clock = systemClock, sleep = wireSleep }: Terminal,
  { database, rules }: RecordConfig,
): Promise<Finding[]> {
  if (!existsSync(database))
    return [
      {
        finding: "database",
        says: `There is no database at ${database}.`,
        todo: "If there should be one, see that its disk is mounted and that DATABASE_URL names it; sitrep start makes a new one.",
      },
    ];
  try {
    const served = isServed(database);
    const store = await openSqliteStore({ path: database, serve: false, wireNow, sleep });
    try {
      const now = clock.now();
      const damages = damageIn(database).map(damaged);
      return [
        ...damages,
        ...(damages.length > 0 ? [] : await unwritable(store, now)),
        ...(await outboxFindings({ store, rules }, { now, served })),
      ];
    } finally {
      await store[Symbol.asyncDispose]();
    }
  } catch (error) {
    return [failing(error)];
  }
}

/** Whoever only reads does not meet a full disk. */
async function unwritable(store: Store, at: number): Promise<Finding[]> {
  try {
    await probe((meta) => store.commit({ at, meta }));
    return [];
  } catch (error) {
    return [failing(error)];
  }
}

function failing(error: unknown): Finding {
  if (!(error instanceof StoreFault)) throw error;
  return { finding: "database", says: error.sentence, todo: error.todo, facts: { kind: error.kind } };
}

const damaged = (says: string): Finding => ({
  finding: "database",
  says: `The database is damaged: ${says}.`,
  todo: "Stop Sitrep, keep a copy of the file, and restore a backup.",
});

const asJson = ({ database }: RecordConfig, findings: readonly Finding[]): string =>
  `${JSON.stringify({ ok: findings.length === 0, database, findings: findings.map(withoutDetails) }, null, 2)}\n`;

const withoutDetails = ({ finding, says, todo, facts }: Finding) => ({ finding, says, todo, ...facts });

function inWords({ database }: RecordConfig, findings: readonly Finding[]): string {
  if (findings.length === 0)
    return `All is well: the database ${database} is whole, nothing waits in vain, and nothing was refused.\n`;
  const told = findings.map(
    ({ says, details, todo }, index) =>
      `${index + 1}. ${says}\n${details === undefined ? "" : `   ${details}\n`}   ${todo}\n`,
  );
  return `${findings.length === 1 ? "One thing is" : `${findings.length} things are`} not well:\n\n${told.join("\n")}`;
}

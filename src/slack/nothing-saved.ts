import { type FaultKind, StoreFault } from "../store/fault.ts";

const causes: Readonly<Record<FaultKind, string>> = {
  busy: "another process holds its database",
  full: "its disk is full",
  in_use: "another process has its database",
  moved: "its database was moved away",
  newer: "its database is a newer version's",
  not_ours: "its database is damaged",
  unwritable: "its database cannot be written",
};

/** What somebody is told whose input met a database that fails; undefined for any other error. */
export function nothingSaved(error: unknown): string | undefined {
  const fault = faultIn(error);
  if (!fault) return undefined;
  const cause = causes[fault.kind];
  return fault.reading
    ? `I cannot read my record, because ${cause}. Look before you repeat it, and tell whoever runs me.`
    : `Nothing was saved, because I cannot write my record: ${cause}. Tell whoever runs me, then try again.`;
}

/** Bolt wraps what a listener throws, and gathers what several throw. */
function faultIn(error: unknown): StoreFault | undefined {
  if (error instanceof StoreFault) return error;
  if (!(error instanceof Error)) return undefined;
  const inner = "original" in error ? error.original : error.cause;
  if (inner !== undefined) return faultIn(inner);
  const all = "originals" in error && Array.isArray(error.originals) ? error.originals : [];
  return all.map(faultIn).find((each) => each !== undefined);
}

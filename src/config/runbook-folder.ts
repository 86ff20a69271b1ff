import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { Runbook } from "../domain/rules.ts";
import { noPolicy } from "./references.ts";
import { readRunbook } from "./runbook.ts";

// `src/config/` and `dist/config/` lie equally deep.
const ownFolder = join(import.meta.dirname, "../../runbooks");
const usual = "runbooks";

export type ReadRunbooks = { ok: true; runbooks: Runbook[] } | { ok: false; faults: string[] };

interface Around {
  /** Of `sitrep.yml`. */
  folder: string;
  cwd: string;
  /** Where the key stands. */
  where: string;
  policies: readonly string[];
}

/** Every markdown file of the folder, by file name; `off` is none. Where nothing is set, those that come with Sitrep. */
export function readRunbooks(
  path: string | undefined,
  { folder, cwd, where, policies }: Around,
): ReadRunbooks {
  if (path === "off") return { ok: true, runbooks: [] };
  const wanted = isAbsolute(path ?? "") ? (path ?? "") : resolve(folder, path ?? usual);
  const found = path === undefined ? undefined : filesIn(wanted);
  if (!found && path !== undefined && wanted !== resolve(folder, usual))
    return { ok: false, faults: [`${where}: runbooks: ${relative(cwd, wanted) || wanted} is no folder`] };
  const files = found ?? filesIn(ownFolder) ?? [];
  const faults: string[] = [];
  const runbooks: Named[] = [];
  for (const file of files) {
    const name = relative(cwd, file) || file;
    const read = readOne(file, name);
    if (read.ok) runbooks.push({ file: name, runbook: fitted(read.runbook, policies), lineOf: read.lineOf });
    else faults.push(...read.faults);
  }
  faults.push(...sameNames(runbooks), ...unknownPolicies(runbooks, policies));
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, runbooks: runbooks.map((each) => each.runbook) };
}

function readOne(
  file: string,
  name: string,
): { ok: true; runbook: Runbook; lineOf: Named["lineOf"] } | { ok: false; faults: string[] } {
  try {
    const source = readFileSync(file, "utf8");
    const read = readRunbook(source, name);
    if (!read.ok) return read;
    const lineOf = (key: string) =>
      Math.max(
        0,
        source.split(/\r?\n/).findIndex((line) => line.startsWith(`${key}:`)),
      ) + 1;
    return { ...read, lineOf };
  } catch {
    return { ok: false, faults: [`${name}: cannot be read`] };
  }
}

/** Undefined: it is no folder that can be read. A README is about the others. */
function filesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder)
      .filter((name) => /\.md$/i.test(name) && !/^readme\.md$/i.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return undefined;
  }
}

/** What comes with Sitrep, and is copied, names the policy `default`, which not everybody has. */
const fitted = (runbook: Runbook, policies: readonly string[]): Runbook =>
  runbook.escalation === "default" && !policies.includes("default")
    ? { ...runbook, escalation: null }
    : runbook;

interface Named {
  file: string;
  runbook: Runbook;
  /** On which line a key of its front matter stands. */
  lineOf: (key: string) => number;
}

function sameNames(runbooks: readonly Named[]): string[] {
  return runbooks.flatMap(({ file, runbook, lineOf }, index) => {
    const first = runbooks.findIndex(
      (other) => other.runbook.name.toLowerCase() === runbook.name.toLowerCase(),
    );
    const other = runbooks[first];
    return first === index || !other
      ? []
      : [`${file}:${lineOf("name")}: ${other.file} is called “${runbook.name}” already`];
  });
}

const unknownPolicies = (runbooks: readonly Named[], policies: readonly string[]): string[] =>
  runbooks.flatMap(({ file, runbook: { escalation }, lineOf }) =>
    escalation === null || policies.includes(escalation)
      ? []
      : [`${file}:${lineOf("escalation")}: escalation: ${noPolicy(escalation, policies)}`],
  );

import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { nearestHint } from "./nearest.ts";
import { danglingNames, type Fault, policyNames, webhookNames } from "./references.ts";
import { type ConfigFile, configFileSchema } from "./schema.ts";
import { keysAt } from "./schema-keys.ts";

export interface ReadFile {
  /** Undefined where something in it is wrong. */
  file: ConfigFile | undefined;
  faults: string[];
  /** What stands there, as far as it is a string: also in a file with faults. */
  textAt: (path: readonly string[]) => string | undefined;
  /** `sitrep.yml:12`, of the key or of the nearest one above it. */
  where: (path: readonly PropertyKey[]) => string;
  policies: string[];
  webhooks: string[];
}

/** Reads `sitrep.yml`. `name` is how faults call it; each names the line, what was expected and the nearest valid name. */
export function readConfigFile(source: string, name: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: readonly PropertyKey[]) => {
    const offset = offsetOf(document, path);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  const where = (path: readonly PropertyKey[]) => `${name}:${lineOf(path)}`;
  if (document.errors.length > 0)
    return {
      file: undefined,
      faults: document.errors.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line}: ${message}`),
      textAt: () => undefined,
      where,
      policies: [],
      webhooks: [],
    };
  const raw = valueOf(document) ?? {};
  const parsed = configFileSchema.safeParse(raw);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => faultsOf(issue))),
    ...danglingNames(raw).map(({ path, says }) => ({ path, says: `${spelt(path)}: ${says}` })),
  ];
  return {
    file: parsed.success && faults.length === 0 ? parsed.data : undefined,
    faults: faults
      .map((fault) => ({ ...fault, line: lineOf(fault.path) }))
      .toSorted((one, other) => one.line - other.line)
      .map(({ line, says }) => `${name}:${line}: ${says}`),
    textAt: (path) => {
      const node: unknown = document.getIn(path);
      return typeof node === "string" && node.trim() !== "" ? node.trim() : undefined;
    },
    where,
    policies: policyNames(raw),
    webhooks: webhookNames(raw),
  };
}

/** A file of aliases that multiply is refused by the parser with a throw. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

const spelt = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** Keys that a later version will read: whoever writes one has not misspelt another. */
const planned = /^(?:alerts|retention|audiences\.customers|audiences\.(?:support|management)\.webhook)$/;
const isPlanned = (path: readonly PropertyKey[]): boolean => planned.test(spelt(path));

function faultsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Fault[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(configFileSchema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        says: isPlanned([...path, key])
          ? `${spelt([...path, key])} is not supported yet: take it out`
          : `${spelt([...path, key])} is no key: expected ${known.join(", ")}${nearestHint(key, known)}`,
      }));
    }
    case "invalid_union": {
      // What was meant is the alternative that was met in part.
      const meant = issue.errors.find((each) =>
        each.some((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
      );
      return meant
        ? meant.flatMap((inner) => faultsOf(inner, path))
        : [{ path, says: `${spelt(path)}: ${issue.message}` }];
    }
    case "invalid_key":
      return issue.issues.map(({ message }) => ({ path, says: `${spelt(path)}: ${message}` }));
    default:
      return [{ path, says: `${spelt(path) || "the file"}: ${issue.message}` }];
  }
}

/** Where the key or item at `path` stands; of a missing one, where the nearest above it stands. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const key of path) {
    if (isSeq(node)) {
      const item = typeof key === "number" ? node.items[key] : undefined;
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
      continue;
    }
    const pair = isMap(node)
      ? node.items.find((each) => isScalar(each.key) && String(each.key.value) === key)
      : undefined;
    if (!pair) return offset;
    if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { nearestHint } from "./nearest.ts";
import { type ConfigFile, configFileSchema } from "./schema.ts";

/** `line` of a key in the file; undefined for what it does not mention. */
export type ReadFile =
  | { ok: true; file: ConfigFile; lineOf: (path: readonly PropertyKey[]) => number | undefined }
  | { ok: false; faults: string[] };

/** Reads `sitrep.yml`. `name` is how faults call it; each names the line, what was expected and the nearest valid name. */
export function readConfigFile(source: string, name: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: document.errors.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line}: ${message}`),
    };
  const lineOf = (path: readonly PropertyKey[]) => {
    const offset = offsetOf(document, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  const parsed = configFileSchema.safeParse(valueOf(document) ?? {});
  if (parsed.success) return { ok: true, file: parsed.data, lineOf };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue));
  return {
    ok: false,
    faults: faults
      .map((fault) => ({ ...fault, line: lineOf(fault.path) ?? 1 }))
      .toSorted((one, other) => one.line - other.line)
      .map(({ line, says }) => `${name}:${line}: ${says}`),
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

interface Fault {
  path: readonly PropertyKey[];
  says: string;
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== "unrecognized_keys")
    return [
      { path: issue.path, says: `${issue.path.map(String).join(".") || "the file"}: ${issue.message}` },
    ];
  const known = keysAt(issue.path);
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const hint = nearestHint(key, known);
    return { path, says: `${path.map(String).join(".")} is no key: expected ${known.join(", ")}${hint}` };
  });
}

function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configFileSchema;
  for (const key of path) schema = shapeOf(schema)[String(key)];
  return Object.keys(shapeOf(schema));
}

function shapeOf(schema: unknown): Record<string, unknown> {
  if (schema instanceof z.ZodPrefault) return shapeOf(schema.unwrap());
  return schema instanceof z.ZodObject ? schema.shape : {};
}

/** Where the key at `path` stands; of a missing one, where the nearest key above it stands. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((each) => isScalar(each.key) && each.key.value === key)
      : undefined;
    if (!pair) return offset;
    if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

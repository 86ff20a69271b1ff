import { parse } from "@swc/core";

/** What the house bans and the linter has no rule for. */
export type Ban = "clock" | "id" | "import type" | "barrel";

export interface Breach {
  ban: Ban;
  line: number;
  text: string;
}

/** Reads the source as a tree, so that a comment or a string is no breach and a line break hides none. */
export async function breachesIn(source: string): Promise<Breach[]> {
  // swc counts bytes from a start that moves with every parse; a first token of our own tells where it lies.
  const module = await parse(`;${source}`, { syntax: "typescript" });
  const bytes = Buffer.from(source);
  const breaches: Breach[] = [];

  function breach(ban: Ban, node: Node): void {
    const start = spanOf(node).start - module.span.start - 1;
    const end = spanOf(node).end - module.span.start - 1;
    breaches.push({
      ban,
      line: bytes.subarray(0, start).toString().split("\n").length,
      text: bytes.subarray(start, end).toString().replaceAll(/\s+/g, " "),
    });
  }

  function visit(value: unknown): void {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) {
      if (isRecord(value)) Object.values(value).forEach(visit);
      return;
    }
    const ban = banOf(value);
    if (ban) breach(ban, value);
    Object.values(value).forEach(visit);
  }

  const items = module.body.slice(1);
  visit(items);
  const only = items.every(isDoor);
  const last: unknown = items.at(-1);
  if (only && isNode(last) && items.some(({ type }) => type.startsWith("Export"))) breach("barrel", last);
  return breaches;
}

type Node = Record<string, unknown> & { type: string };

function banOf(node: Node): Ban | undefined {
  switch (node.type) {
    case "NewExpression": {
      const given = node["arguments"];
      return isNamed(node["callee"], "Date") && !(Array.isArray(given) && given.length > 0)
        ? "clock"
        : undefined;
    }
    case "CallExpression":
      return isNamed(node["callee"], "Date") ? "clock" : undefined;
    case "MemberExpression":
      return isNamed(node["property"], "randomUUID") ? "id" : undefined;
    // The reader of imports does not see `import("./x.ts").X`, so it would pass the table of rooms.
    case "TsImportType":
      return isRelative(node["argument"]) ? "import type" : undefined;
    case "ExportAllDeclaration":
      return "barrel";
    default:
      return undefined;
  }
}

/** A statement that only passes things on. */
function isDoor(node: { type: string }): boolean {
  return ["ImportDeclaration", "ExportAllDeclaration", "ExportNamedDeclaration"].includes(node.type);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNode = (value: unknown): value is Node => isRecord(value) && typeof value["type"] === "string";
const isNamed = (value: unknown, name: string): boolean =>
  isNode(value) && value.type === "Identifier" && value["value"] === name;

const isRelative = (value: unknown): boolean =>
  isNode(value) && typeof value["value"] === "string" && value["value"].startsWith(".");

function spanOf(node: Node): { start: number; end: number } {
  const { span } = node;
  if (isRecord(span) && typeof span["start"] === "number" && typeof span["end"] === "number") {
    return { start: span["start"], end: span["end"] };
  }
  throw new Error(`a ${node.type} without a place`);
}

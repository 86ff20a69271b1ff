import { errorLine } from "./errors.ts";

type Path = readonly PropertyKey[];

/** `block_id` is unique in a message or view, `action_id` within its block. Bears any input, so that it can run beside the schema. */
export function repeatedIds(blocks: unknown, prefix: Path): string[] {
  if (!Array.isArray(blocks)) return [];
  const lines: string[] = [];
  const blockIds = new Set<string>();
  blocks.forEach((block: unknown, index) => {
    const path = [...prefix, index];
    lines.push(...taken(blockIds, block, "block_id", path));
    const actionIds = new Set<string>();
    for (const [element, where] of elementsOf(block)) {
      lines.push(...taken(actionIds, element, "action_id", [...path, ...where]));
    }
  });
  return lines;
}

function taken(seen: Set<string>, holder: unknown, key: string, path: Path): string[] {
  const id = field(holder, key);
  if (typeof id !== "string") return [];
  if (seen.has(id)) return [errorLine([...path, key], `${key} already exists: ${id}`)];
  seen.add(id);
  return [];
}

function elementsOf(block: unknown): [unknown, Path][] {
  const elements = field(block, "elements");
  const several: unknown[] = Array.isArray(elements) ? elements : [];
  return [
    ...several.map((element, index): [unknown, Path] => [element, ["elements", index]]),
    ...["accessory", "element"].map((key): [unknown, Path] => [field(block, key), [key]]),
  ];
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

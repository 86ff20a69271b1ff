import { z } from "zod";

/** The keys that may stand in the mapping at `path`; none where names are free. */
export function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<unknown>((each, key) => inside(each, key), schema);
  const bare = unwrapped(found);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
}

function inside(schema: unknown, key: PropertyKey): unknown {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodObject) return bare.shape[String(key)];
  if (bare instanceof z.ZodRecord) return bare.valueType;
  return bare instanceof z.ZodArray ? bare.element : undefined;
}

/** Without defaults and transformations; of alternatives, the one that has keys. */
function unwrapped(schema: unknown): unknown {
  if (
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  )
    return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  if (schema instanceof z.ZodUnion)
    return schema.options.map((option) => unwrapped(option)).find((option) => option instanceof z.ZodObject);
  return schema;
}

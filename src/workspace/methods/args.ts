/** `list` is comma-separated; `json` is a structure, as a JSON string in form bodies. */
export interface ArgSpec {
  type: "text" | "integer" | "boolean" | "json" | "list" | "ts";
  required?: true;
  /** Slack's error when it is missing; `invalid_arguments` unless given. */
  missing?: string;
  /** Slack's error when it is malformed; `invalid_arguments` unless given. */
  invalid?: string;
  /** For integers. */
  min?: number;
  max?: number;
}

export const text: ArgSpec = { type: "text" };
export const flag: ArgSpec = { type: "boolean" };
export const required: ArgSpec = { type: "text", required: true };

/** A call's arguments after their description: what is required is there, and each has its type. */
export class Args {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  /** @throws {Error} for an argument that the table does not require: a mistake in the table */
  text(name: string): string {
    const value = this.maybeText(name);
    if (value === undefined) throw new Error(`The method table does not require ${name}.`);
    return value;
  }

  maybeText(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === "string" ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  integer(name: string, otherwise: number): number {
    const value = this.#values.get(name);
    return typeof value === "number" ? value : otherwise;
  }

  list(name: string): string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  json(name: string): unknown {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** For listeners and logs of tests. */
  asRecord(): Record<string, unknown> {
    return Object.fromEntries(this.#values);
  }
}

type Reading =
  | { ok: true; args: Args; unknown: string[] }
  | { ok: false; error: string; response_metadata?: { messages: string[] } };

/** Reads what came in a body (strings from forms, any JSON from JSON) by the method's description. */
export function readArgs(
  specs: Readonly<Record<string, ArgSpec>>,
  raw: ReadonlyMap<string, unknown>,
): Reading {
  const values = new Map<string, unknown>();
  for (const [name, spec] of Object.entries(specs)) {
    const given = raw.get(name);
    if (given === undefined || given === null || (given === "" && spec.type !== "text")) {
      if (spec.required) return fault(spec.missing, `missing required field: ${name}`);
      continue;
    }
    if (given === "" && spec.required) return fault(spec.missing, `missing required field: ${name}`);
    const value = parse(spec, given);
    if (value === undefined) return fault(spec.invalid, `invalid value [json-pointer:/${name}]`);
    values.set(name, value);
  }
  return { ok: true, args: new Args(values), unknown: [...raw.keys()].filter((name) => !(name in specs)) };
}

function fault(error: string | undefined, message: string): Reading {
  if (error !== undefined) return { ok: false, error };
  return { ok: false, error: "invalid_arguments", response_metadata: { messages: [`[ERROR] ${message}`] } };
}

function parse(spec: ArgSpec, given: unknown): unknown {
  switch (spec.type) {
    case "text":
      return typeof given === "string" ? given : typeof given === "number" ? String(given) : undefined;
    case "ts":
      return typeof given === "string" && /^\d{1,10}(\.\d{1,6})?$/.test(given) ? given : undefined;
    case "integer": {
      const number =
        typeof given === "number" ? given : /^\d+$/.test(String(given)) ? Number(given) : Number.NaN;
      const fits = number >= (spec.min ?? 0) && number <= (spec.max ?? Number.MAX_SAFE_INTEGER);
      return Number.isInteger(number) && fits ? number : undefined;
    }
    case "boolean":
      if (given === true || given === "true" || given === "1" || given === 1) return true;
      return given === false || given === "false" || given === "0" || given === 0 ? false : undefined;
    case "list":
      if (Array.isArray(given)) return given.every((item) => typeof item === "string") ? given : undefined;
      return typeof given === "string" ? listed(given) : undefined;
    case "json":
      return typeof given === "string" ? parseJson(given) : given;
    default:
      return spec.type satisfies never;
  }
}

function listed(given: string): string[] | undefined {
  const parsed = given.startsWith("[") ? parseJson(given) : undefined;
  if (Array.isArray(parsed)) return parsed.every((item) => typeof item === "string") ? parsed : undefined;
  return given
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function parseJson(given: string): unknown {
  try {
    return JSON.parse(given) ?? undefined;
  } catch {
    return undefined;
  }
}

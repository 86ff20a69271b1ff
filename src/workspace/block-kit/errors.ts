import type { z } from "zod";

type Path = readonly PropertyKey[];

/**
 * One entry of `response_metadata.messages`, such as
 * `[ERROR] must be no more than 3000 characters [json-pointer:/blocks/0/text/text]`.
 */
export function errorLine(path: Path, message: string): string {
  const pointer = path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return `[ERROR] ${message} [json-pointer:${pointer}]`;
}

/** @param error of a parse with `reportInput`, without which a missing key cannot be told from a wrong one */
export function errorLines(error: z.ZodError, prefix: Path): string[] {
  return error.issues.flatMap((issue) => issueLines(issue, [...prefix, ...issue.path]));
}

function issueLines(issue: z.core.$ZodIssue, path: Path): string[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => errorLine(path, `additional property: ${key}`));
    case "invalid_union":
      return issue.discriminator === undefined
        ? [errorLine(path, "failed to match all allowed schemas")]
        : typeLine(path, readKey(issue.input, issue.discriminator));
    case "invalid_value":
      if (path.at(-1) === "type") return typeLine(path, issue.input);
      if (issue.input === undefined) return [missingLine(path)];
      return [errorLine(path, `must be one of: ${issue.values.map(String).join(", ")}`)];
    case "invalid_type":
      if (issue.input === undefined) return [missingLine(path)];
      return [errorLine(path, `must be a valid ${issue.expected}`)];
    case "too_big":
      return [errorLine(path, tooBig(issue.origin, Number(issue.maximum)))];
    case "too_small":
      return [errorLine(path, tooSmall(issue.origin, Number(issue.minimum)))];
    case "invalid_format":
      return [errorLine(path, "does not have the expected format")];
    case "custom":
      return [errorLine(path, issue.message)];
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      return [errorLine(path, "must be valid")];
    default:
      return issue satisfies never;
  }
}

function typeLine(path: Path, type: unknown): string[] {
  return [
    type === undefined
      ? missingLine(path)
      : errorLine(path, `unsupported type: ${typeof type === "string" ? type : JSON.stringify(type)}`),
  ];
}

function missingLine(path: Path): string {
  return errorLine(path.slice(0, -1), `missing required field: ${String(path.at(-1))}`);
}

function tooBig(origin: string, maximum: number): string {
  if (origin === "string") return `must be no more than ${maximum} characters`;
  return origin === "array" ? `no more than ${maximum} items allowed` : `must be no more than ${maximum}`;
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === "string") return `must be at least ${minimum} characters`;
  return origin === "array" ? `at least ${minimum} items required` : `must be at least ${minimum}`;
}

function readKey(input: unknown, key: string): unknown {
  return typeof input === "object" && input !== null ? Reflect.get(input, key) : undefined;
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Finding } from "../../postmortem/lint/lint.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";

export interface LintArguments {
  json?: boolean;
  strict?: boolean;
}

/** Prints where a text blames people; exit code 1 when it does. */
export async function lintFile(
  terminal: Terminal,
  file: string,
  { json = false, strict = false }: LintArguments,
): Promise<ExitCode> {
  const source = contentsOf(resolve(terminal.cwd, file));
  if (source === undefined) return fail(terminal, `${file} cannot be read.`);
  const { lint } = await import("../../postmortem/lint/lint.ts");
  const findings = lint(source, { strict });
  if (json) terminal.out(`${JSON.stringify(findings, null, 2)}\n`);
  else if (findings.length === 0) terminal.out(`${file}: nothing found.\n`);
  else terminal.out(findings.map((finding) => describedFinding(file, finding)).join(""));
  return findings.length === 0 ? 0 : 1;
}

export const describedFinding = (
  file: string,
  { line, column, class: found, text, suggestion }: Finding,
): string => `${file}:${line}:${column}: ${found}: “${text}”\n    ${suggestion}\n`;

function contentsOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

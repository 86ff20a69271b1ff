import type { Severity } from "../vocab.ts";
import { bare, cut, severityOf } from "./line.ts";

/** The severity before a title, as in `sev2 checkout 500s` and `SEV 2 checkout 500s`; null: the line is all title. */
export function openingSeverity(
  line: string,
): { severity: Severity | null; rest: string } | { fault: string } {
  const [first, after] = cut(line.replace(/^sev\s+(?=[1-4](?:\s|$))/i, "sev"));
  const given = /^sev[-\u2010-\u2015\u2212]?(\d+)$/i.exec(bare(first));
  if (!given) return { severity: null, rest: line };
  const severity = severityOf(`SEV${given[1]}`);
  if (severity === null) return { fault: `There is no SEV${given[1]}: severities go from SEV1 to SEV4.` };
  return { severity, rest: after };
}

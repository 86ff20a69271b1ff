import type { LiveStatus, Severity } from "../../domain/vocab.ts";
import { bare, cut, severityOf, unquoted } from "../../domain/reading/line.ts";
import { slips } from "./slips.ts";

type Named = LiveStatus | "mitigated" | "resolved" | "closed" | "cancelled";

/** What people call the stages of an incident. */
const statusWords: Readonly<Record<string, Named>> = {
  investigating: "INVESTIGATING",
  identified: "IDENTIFIED",
  mitigating: "MITIGATING",
  mitigated: "mitigated",
  monitoring: "MONITORING",
  fixed: "resolved",
  resolved: "resolved",
  resolve: "resolved",
  closed: "closed",
  close: "closed",
  cancelled: "cancelled",
  canceled: "cancelled",
  cancel: "cancelled",
};
const known = Object.keys(statusWords);

/** What is typed instead of a status alone: the ends have commands of their own. */
export function commandForStatus(word: string): string | null {
  const status = Object.hasOwn(statusWords, word) ? statusWords[word] : undefined;
  if (status === undefined) return null;
  const ends = { resolved: "resolve", closed: "close", cancelled: "cancel" };
  return status === "resolved" || status === "closed" || status === "cancelled"
    ? ends[status]
    : `status ${word}`;
}

/** The status that opens a line, with what stands behind it. A live one is a word of its own. */
export function statusNamed(line: string): { status: Named; more: string } | { fault: string } {
  const [first, more] = cut(line);
  const word = bare(first);
  const status = Object.hasOwn(statusWords, word) ? statusWords[word] : undefined;
  if (status === undefined) return { fault: noStatus(first, word) };
  if (more === "" || status === "resolved" || status === "closed" || status === "cancelled")
    return { status, more };
  return {
    fault: `A status is one word, so nothing was changed: “status ${word}” sets it, and “update” tells more.`,
  };
}

function noStatus(written: string, word: string): string {
  const nearest = known
    .map((each) => ({ each, apart: slips(word, each) }))
    .toSorted((one, other) => one.apart - other.apart)[0];
  const meant =
    nearest !== undefined && nearest.apart <= 2
      ? `Did you mean “status ${nearest.each}”?`
      : "There are investigating, identified, mitigating, monitoring and resolved.";
  return `“${written}” is no status, so nothing was changed. ${meant}`;
}

/** The severity that opens a line (`sev2`, `SEV-2`, `sev 2`, `2`), and why. */
export function severityNamed(line: string): { severity: Severity; reason: string } | { fault: string } {
  const [first, rest] = cut(line.replace(/^sev\s+(?=\d)/i, "sev"));
  const number = /^(?:sev[-\u2010-\u2015\u2212]?)?(\d+)$/i.exec(bare(first))?.[1];
  const severity = number === undefined ? null : severityOf(`SEV${number}`);
  if (severity === null)
    return {
      fault: `“${first}” is no severity, so nothing was changed: they go from SEV1 to SEV4.`,
    };
  return { severity, reason: unquoted(rest.replace(/^[-\u2010-\u2015\u2212:,]+\s+/, "")) };
}

import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import type { Runbook } from "../domain/rules.ts";
import { type Severity, severities } from "../domain/vocab.ts";
import { nearestHint } from "./nearest.ts";
import { readSections } from "./runbook-sections.ts";

export type ReadRunbook = { ok: true; runbook: Runbook } | { ok: false; faults: string[] };

/** A button bears it. */
const longestName = 80;

/**
 * One runbook: front matter between two lines of `---`, then markdown whose headings are its sections.
 * @param file how faults call it, each with its line
 */
export function readRunbook(source: string, file: string): ReadRunbook {
  const { front, body, bodyLine } = split(source.replace(/^\uFEFF/, ""));
  const at = (line: number, says: string) => `${file}:${line}: ${says}`;
  if (body === undefined)
    return { ok: false, faults: [at(1, "the front matter has no end: expected a second line of ---")] };
  const meta = readFront(front);
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const { title, sections, faults } = readSections(tree);
  const said = [
    ...meta.faults.toSorted((one, other) => one.line - other.line),
    ...faults.map(({ line, says }) => ({ line: line + bodyLine - 1, says })),
  ].map(({ line, says }) => at(line, says));
  if (said.length > 0 || !meta.front) return { ok: false, faults: said };
  const name = meta.front.name ?? title ?? nameOf(file);
  if (name.length > longestName)
    return { ok: false, faults: [at(1, `name: expected at most ${longestName} characters`)] };
  const { services, alerts, severities: given, escalation } = meta.front;
  return { ok: true, runbook: { name, services, alerts, severities: given, escalation, sections } };
}

/** `runbooks/high-error-rate.md` → `high error rate` */
const nameOf = (file: string): string =>
  (file.split(/[\\/]/).at(-1) ?? file).replace(/\.md$/i, "").replaceAll(/[-_]+/g, " ");

interface Split {
  front: string;
  /** Undefined: the front matter is never closed. */
  body: string | undefined;
  /** Line of the file at which the body begins, from 1. */
  bodyLine: number;
}

function split(source: string): Split {
  const lines = source.split(/\r?\n/);
  if (lines[0]?.trimEnd() !== "---") return { front: "", body: source, bodyLine: 1 };
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (end < 0) return { front: "", body: undefined, bodyLine: 1 };
  return {
    front: lines.slice(1, end).join("\n"),
    body: lines.slice(end + 1).join("\n"),
    bodyLine: end + 2,
  };
}

const expected = (what: string) => ({ error: () => `expected ${what}` });
const names = (what: string) =>
  z
    .union([z.string().trim().min(1), z.array(z.string().trim().min(1))], expected(what))
    .nullish()
    .transform((given) => (given === undefined || given === null ? [] : [given].flat()));
const severity = z.enum(severities, {
  error: ({ input }) =>
    `expected ${severities.join(", ")}${typeof input === "string" ? nearestHint(input, severities) : ""}`,
});

const frontSchema = z.strictObject(
  {
    name: z.string(expected("a name")).trim().min(1, expected("a name")).optional(),
    services: names("a service, or a list of them"),
    alerts: names("an alert, or a list of them"),
    severities: z
      .preprocess(
        (given) => (typeof given === "string" ? [given] : (given ?? [])),
        z.array(severity, expected("a severity, or a list of them")),
      )
      .transform((given): Severity[] => [...new Set(given)]),
    escalation: z
      .string(expected("a policy’s name, or off"))
      .trim()
      .min(1, expected("a policy’s name, or off"))
      .nullish()
      .transform((given) => (given === undefined || given === "off" ? null : given)),
  },
  expected("keys with values"),
);

interface Fault {
  line: number;
  says: string;
}

function readFront(front: string): { front?: z.infer<typeof frontSchema>; faults: Fault[] } {
  const counter = new LineCounter();
  const document = parseDocument(front, { lineCounter: counter, prettyErrors: false });
  // The first line of the file is the one of `---`.
  const lineAt = (offset: number) => counter.linePos(offset).line + 1;
  if (document.errors.length > 0)
    return { faults: document.errors.map(({ pos, message }) => ({ line: lineAt(pos[0]), says: message })) };
  const lineOf = (key: PropertyKey | undefined): number => {
    const { contents } = document;
    const pair = isMap(contents)
      ? contents.items.find((each) => isScalar(each.key) && each.key.value === key)
      : undefined;
    const offset = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
    return offset === undefined ? 1 : lineAt(offset);
  };
  const parsed = frontSchema.safeParse(valueOf(document) ?? {});
  if (parsed.success) return { front: parsed.data, faults: [] };
  const known = Object.keys(frontSchema.shape);
  return {
    faults: parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            line: lineOf(key),
            says: `${key} is no key: expected ${known.join(", ")}${nearestHint(key, known)}`,
          }))
        : [
            {
              line: lineOf(issue.path[0]),
              says: `${issue.path.map(String).join(".") || "the front matter"}: ${issue.message}`,
            },
          ],
    ),
  };
}

/** A text of aliases that multiply is refused by the parser with a throw. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

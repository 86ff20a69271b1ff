import type { RichTextBlock } from "@slack/types";
import type { Incident } from "../../domain/incident.ts";
import type { Section } from "../../domain/incident.ts";
import { namesToFind } from "../../postmortem/findings.ts";
import type { FindingClass } from "../../postmortem/lint/classes.ts";
import { type Finding, lint } from "../../postmortem/lint/lint.ts";
import { writtenMarkdown } from "../../postmortem/written.ts";
import type { Words } from "../../domain/words.ts";
import type { Rules } from "../../domain/rules.ts";
import { type Names, plainWords } from "../text.ts";
import { shorten } from "./limits.ts";
import { bold, type Line, lines, text } from "./parts.ts";

/** Of a longer text the rest is for `sitrep lint`: people wait meanwhile. */
const mostLinted = 20_000;
const mostShown = 5;

const classNames: Readonly<Record<FindingClass, string>> = {
  "person-as-cause": "a person as the cause",
  "failure-to-act": "what somebody did not do",
  "should-have": "should have",
  judgement: "judgement",
  hindsight: "hindsight",
  "single-cause": "a single cause",
};

const found = (markdown: string, names: Names): Finding[] =>
  lint(markdown.slice(0, mostLinted), { people: namesToFind(names.values()) });

/** Where a written section blames people. */
export const findingsInSection = (section: Section, { timezone: zone }: Rules, names: Names): Finding[] =>
  section.text.body === null
    ? []
    : found(
        writtenMarkdown(section, { people: new Map([...names].map(([id, name]) => [id, { name }])), zone }),
        names,
      );

/** Where words of an update do. */
export const findingsInWords = (said: readonly (Words | null)[], names: Names): Finding[] =>
  said.flatMap((words) => found(plainWords(words, names) ?? "", names));

/** Each finding with the words it is about and what to ask instead; nothing where there is none. */
export function findingsBlock(findings: readonly Finding[]): RichTextBlock[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, mostShown);
  const classes = [...new Set(shown.map((finding) => finding.class))];
  const rest = findings.length - shown.length;
  return [
    lines([
      [bold("This can be read as blame. Say what the system let happen:")],
      ...classes.flatMap((of) => {
        const same = shown.filter((finding) => finding.class === of);
        const quoted = same.map((finding) => `“${shorten(finding.text, 150)}”`).join(", ");
        const suggestion = same[0]?.suggestion ?? "";
        return [[text(`• ${quoted} (${classNames[of]}): ${suggestion}`)]];
      }),
      ...(rest > 0 ? [[text(`And ${rest} more.`)] satisfies Line] : []),
    ]),
  ];
}

/** The words that an update brought which the one before it did not have. */
export function newInUpdate({ updates }: Incident, n: number): Words[] {
  const update = updates.find((each) => each.n === n);
  const before = updates.findLast((each) => each.n < n);
  if (!update) return [];
  return [update.lines.impact, update.lines.currentAction].flatMap((words) => {
    const stood = [before?.lines.impact, before?.lines.currentAction].some(
      (each) => each?.words === words?.words,
    );
    return words && !stood ? [words] : [];
  });
}

import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { newId, systemClock } from "../../clock.ts";
import { reference } from "../../domain/incident.ts";
import type { WrittenSection } from "../../domain/vocab.ts";
import { escapeText, words } from "../../domain/words.ts";
import { handle } from "../../handle.ts";
import { loadMaterial } from "../../postmortem/export.ts";
import { findingsInFile, namesToFind } from "../../postmortem/findings.ts";
import { importInWords, readImport } from "../../postmortem/import.ts";
import { withRecord } from "../record.ts";
import { shellUser } from "../shell-user.ts";
import { type ExitCode, fail, type Terminal } from "../terminal.ts";
import { describedFinding } from "./lint.ts";

export interface ImportArguments {
  json?: boolean;
  /** The whole file is the text of this one. */
  section?: WrittenSection;
}

const mostBytes = 10 * 1024 * 1024;

/** Takes the written sections of a file into an incident's post-mortem; beside a running Sitrep, or without one. */
export function importFile(
  terminal: Terminal,
  number: number,
  file: string,
  { json = false, section }: ImportArguments,
): Promise<ExitCode> {
  const source = contentsOf(resolve(terminal.cwd, file));
  if ("fault" in source) return Promise.resolve(fail(terminal, `${file} ${source.fault}`));
  return withRecord(terminal, async (record) => {
    const material = await loadMaterial(record, number);
    if (!material) return fail(terminal, `There is no ${reference(number)}.`);
    const read = readImport(source.text, material, section);
    if ("fault" in read) return fail(terminal, `${file}: ${read.fault}`);
    const { taken, unchanged, ignored } = read;
    if (taken.length > 0) {
      const outcome = await handle(record, {
        type: "WriteSections",
        at: (terminal.clock ?? systemClock).now(),
        actor: shellUser(terminal),
        incident: number,
        sections: Object.fromEntries(
          taken.map(({ name, text }) => [name, words(newId(), escapeText(text))] as const),
        ),
        markdown: taken.map(({ name }) => name),
      });
      if (!outcome.ok) return fail(terminal, outcome.refusal.sentence);
    }
    const findings = findingsInFile(
      taken,
      namesToFind([...material.people.values()].map(({ name }) => name)),
    );
    if (json) {
      const names = taken.map(({ name }) => name);
      terminal.out(
        `${JSON.stringify({ incident: reference(number), taken: names, unchanged, ignored, findings }, null, 2)}\n`,
      );
    } else {
      terminal.out(
        importInWords(material.incident, read)
          .map((line) => `${line}\n`)
          .join(""),
      );
      terminal.out(findings.map((finding) => describedFinding(file, finding)).join(""));
    }
    return 0;
  });
}

function contentsOf(path: string): { text: string } | { fault: string } {
  try {
    const { size } = statSync(path);
    if (size > mostBytes) return { fault: `is larger than ${mostBytes / 1024 / 1024} MB.` };
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    return { fault: error instanceof TypeError ? "is no text in UTF-8." : "cannot be read." };
  }
}

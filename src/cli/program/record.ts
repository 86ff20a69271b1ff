import type { ImportArguments } from "../commands/import.ts";
import type { LintArguments } from "../commands/lint.ts";
import { type Command, Option } from "commander";
import { incidentNumber, section } from "./arguments.ts";
import { examples, type Frame } from "./frame.ts";

/** What reads the record, or a file made of it. A command's modules are loaded only when it runs. */
export function addRecord(program: Command, { terminal, run }: Frame): void {
  program
    .command("export")
    .description("print an incident's post-mortem")
    .argument("<incident>", "its reference, such as INC-42", incidentNumber)
    .addOption(new Option("--format <format>", "what to print").choices(["md", "json"]).default("md"))
    .addHelpText(
      "after",
      examples("sitrep export INC-42 > INC-42-post-mortem.md", "sitrep export INC-42 --format json"),
    )
    .action((incident: number, options: { format: "md" | "json" }) =>
      run(
        import("../commands/export.ts").then(({ exportIncident }) =>
          exportIncident(terminal, incident, options.format),
        ),
      ),
    );

  program
    .command("import")
    .description("take the written sections of an edited post-mortem back into the record")
    .argument("<incident>", "its reference, such as INC-42", incidentNumber)
    .argument("<file>", "the exported document, edited; what Sitrep writes in it is ignored")
    .option("--section <name>", "the whole file is the text of this one section", section)
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        "sitrep import INC-42 INC-42-post-mortem.md",
        'sitrep import INC-42 cause.md --section "Root Cause"',
      ),
    )
    .action((incident: number, file: string, options: ImportArguments) =>
      run(
        import("../commands/import.ts").then(({ importFile }) =>
          importFile(terminal, incident, file, options),
        ),
      ),
    );

  program
    .command("list")
    .description("list incidents")
    .argument("[which]", "open, all, or a severity such as sev1", "open")
    .option("--private", "private incidents too")
    .option("--json", "as JSON")
    .addHelpText("after", examples("sitrep list", "sitrep list all --private --json"))
    .action((which: string, options: { json?: true; private?: true }) =>
      run(
        import("../commands/list.ts").then(({ list }) =>
          list(terminal, which, { json: options.json ?? false, secret: options.private ?? false }),
        ),
      ),
    );

  program
    .command("lint")
    .description("find blame in a post-mortem or an update; exits 1 when there is some")
    .argument("<file>", "a markdown file")
    .option("--strict", "find judgement, hindsight and single causes as well")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples("sitrep lint INC-42-post-mortem.md", "sitrep lint draft.md --strict --json"),
    )
    .action((file: string, options: LintArguments) =>
      run(import("../commands/lint.ts").then(({ lintFile }) => lintFile(terminal, file, options))),
    );
}

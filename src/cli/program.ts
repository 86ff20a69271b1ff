import type { ImportArguments } from "./commands/import.ts";
import type { LintArguments } from "./commands/lint.ts";
import type { WorkspaceArguments } from "./commands/workspace.ts";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { numberedIncident } from "../domain/named-incident.ts";
import { sectionNames, type WrittenSection, writtenSections } from "../domain/vocab.ts";
import { StoreFault } from "../store/fault.ts";
import { version } from "./package-root.ts";
import { type ExitCode, fail, type Terminal } from "./terminal.ts";

/** What was asked for; a command's modules are loaded only when it runs. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = createProgram(terminal, async (command) => {
    code = await command;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof StoreFault) return fail(terminal, error.message);
    return fail(terminal, unexpected(error, terminal));
  }
}

/** A bug of ours: the stack is for whoever looks for it. */
function unexpected(error: unknown, { env }: Terminal): string {
  const told = error instanceof Error ? error : new Error(String(error));
  const stack = env["LOG_LEVEL"] === "debug" ? `\n${told.stack ?? ""}` : "";
  return `this should not have happened: ${told.message}${stack === "" ? " (LOG_LEVEL=debug shows where)" : stack}`;
}

type Run = (command: Promise<ExitCode>) => Promise<void>;

function createProgram(terminal: Terminal, run: Run): Command {
  const program = new Command("sitrep")
    .description(
      "Runs an incident in Slack with the people in it, and writes its post-mortem from the record.",
    )
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      outputError: (text, write) =>
        write(
          `sitrep: ${text
            .replace(/^error: /, "")
            .trim()
            .replaceAll("\n", " ")}\n`,
        ),
    })
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      examples(
        "sitrep start                       serve, with the variables of the environment",
        "sitrep demo                        watch an incident on this machine, without Slack",
        "sitrep export INC-42 > review.md   the post-mortem, also while Slack is away",
      ),
    );

  program
    .command("start")
    .description("serve: connect to Slack and run incidents")
    .addHelpText(
      "after",
      examples(
        "SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… sitrep start          Socket Mode",
        "SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… PORT=3000 sitrep start  HTTP",
      ),
    )
    .action(() => run(import("./commands/start.ts").then(({ start }) => start(terminal))));

  program
    .command("demo")
    .description("play an incident against a Slack workspace on this machine")
    .argument("[scenario]", "a scenario file", "the payment service outage")
    .option("--once", "end when the incident has been played")
    .option("--out <file>", "where to write the post-mortem")
    .option("--speed <times>", "how many times faster than real time", speed, 200)
    .addHelpText("after", examples("sitrep demo --once", "sitrep demo mine.yml --speed 60 --out review.md"))
    .action((scenario: string, options: { out?: string; speed: number }, command: Command) => {
      const given = command.args[0] === undefined ? {} : { scenario };
      return run(import("./commands/demo.ts").then(({ demo }) => demo(terminal, { ...options, ...given })));
    });

  program
    .command("workspace")
    .description("run a strict Slack workspace on this machine, with people who do what you type")
    .option("--env <file>", "write the variables that point Sitrep at it to this file")
    .addOption(
      new Option("--transport <kind>", "how it delivers").choices(["http", "socket"]).default("http"),
    )
    .option("--port <number>", "where it listens; 0 takes a free port", port, 0)
    .option("--request-url <url>", "where Sitrep listens, in HTTP mode", "http://127.0.0.1:3000/slack/events")
    .option("--script <file>", "read what people do from this file, a line each")
    .option("--people <names>", "who is in it", "alice,bob,carol,dave")
    .option("--channels <names>", "channels besides #general and #incidents", "")
    .addHelpText(
      "after",
      examples(
        "sitrep workspace --env sitrep.env",
        "then type: alice #general types /incident declare sev2 checkout 500s",
        "sitrep workspace --transport socket --env sitrep.env --script incident.txt",
      ),
    )
    .action((options: WorkspaceArguments) =>
      run(import("./commands/workspace.ts").then(({ workspace }) => workspace(terminal, options))),
    );

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
        import("./commands/export.ts").then(({ exportIncident }) =>
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
        import("./commands/import.ts").then(({ importFile }) =>
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
        import("./commands/list.ts").then(({ list }) =>
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
      run(import("./commands/lint.ts").then(({ lintFile }) => lintFile(terminal, file, options))),
    );

  return program;
}

const examples = (...lines: string[]) => `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;

function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new InvalidArgumentError("Expected 0 to 65535.");
  return number;
}

function speed(text: string): number {
  const times = Number(text);
  if (!(times > 0) || !Number.isFinite(times)) throw new InvalidArgumentError("Expected a number above 0.");
  return times;
}

function section(text: string): WrittenSection {
  const asked = text.toLowerCase().replaceAll(/[^a-z]/g, "");
  const found = writtenSections.find((name) =>
    [name, sectionNames[name]].some((each) => each.toLowerCase().replaceAll(" ", "") === asked),
  );
  if (found) return found;
  throw new InvalidArgumentError(
    `Expected one of ${writtenSections.map((name) => sectionNames[name]).join(", ")}.`,
  );
}

function incidentNumber(text: string): number {
  const number = numberedIncident(text);
  if (number === null) throw new InvalidArgumentError("Expected a reference such as INC-42.");
  return number;
}

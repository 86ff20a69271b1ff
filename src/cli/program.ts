import { Command, CommanderError } from "commander";
import { StoreFault } from "../store/fault.ts";
import { version } from "./package-root.ts";
import { addChanging } from "./program/changing.ts";
import { examples, type Frame } from "./program/frame.ts";
import { addRecord } from "./program/record.ts";
import { addServing } from "./program/serving.ts";
import { addUpkeep } from "./program/upkeep.ts";
import { type ExitCode, fail, type Terminal } from "./terminal.ts";

/** What was asked for. */
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

function createProgram(terminal: Terminal, run: Frame["run"]): Command {
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
        "sitrep declare sev2 checkout 500s   open an incident, also while Slack is away",
        "sitrep export INC-42 > review.md   the post-mortem, also while Slack is away",
      ),
    );

  const frame: Frame = { terminal, run };
  addServing(program, frame);
  addChanging(program, frame);
  addRecord(program, frame);
  addUpkeep(program, frame);
  return program;
}

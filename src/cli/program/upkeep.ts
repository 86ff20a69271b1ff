import type { RetryArguments } from "../commands/retry.ts";
import type { Command } from "commander";
import { incidentNumber } from "./arguments.ts";
import { examples, type Frame } from "./frame.ts";

/** What an operator asks when something is wrong. */
export function addUpkeep(program: Command, { terminal, run }: Frame): void {
  program
    .command("doctor")
    .description("say what is not well, and what to do about it; exits 1 when something is found")
    .option("--json", "as JSON")
    .addHelpText("after", examples("sitrep doctor", "sitrep doctor --json"))
    .action((options: { json?: true }) =>
      run(import("../commands/doctor.ts").then(({ doctor }) => doctor(terminal, options))),
    );

  program
    .command("retry")
    .description("try again what Slack or a webhook has refused, once its cause is mended")
    .argument("[keys...]", "what `sitrep doctor` names")
    .option("--incident <incident>", "everything of one incident, such as INC-42", incidentNumber)
    .option("--all", "everything")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples("sitrep retry 42:post:announcement", "sitrep retry --incident INC-42", "sitrep retry --all"),
    )
    .action((keys: string[], options: RetryArguments) =>
      run(import("../commands/retry.ts").then(({ retry }) => retry(terminal, keys, options))),
    );
}

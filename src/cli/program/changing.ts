import type { DeclareArguments } from "../commands/declare.ts";
import type { ResolveArguments } from "../commands/resolve.ts";
import type { UpdateArguments } from "../commands/update.ts";
import { type Command, Option } from "commander";
import { dataLossAnswers } from "../../domain/vocab.ts";
import { incidentNumber, liveStatus, serviceNames, userIds } from "./arguments.ts";
import { examples, type Frame } from "./frame.ts";

const named = ["<incident>", "its reference, such as INC-42", incidentNumber] as const;
const json = ["--json", "as JSON"] as const;

/** What changes an incident, also while Slack is away. A command's modules are loaded only when it runs. */
export function addChanging(program: Command, { terminal, run }: Frame): void {
  program
    .command("declare")
    .description("open an incident; a severity may stand before its title")
    .argument("<title...>", "what people see")
    .option("--private", "its channel is private, and nothing of it shows elsewhere")
    .option("--drill", "a rehearsal: nobody outside its channel is told or called")
    .option("--service <names>", "affected services, with commas between them", serviceNames)
    .option("--impact <text>", "what is hit, and how much of it")
    .option("--invite <users>", "who is brought into its channel, user ids with commas between them", userIds)
    .option(...json)
    .addHelpText(
      "after",
      examples(
        "sitrep declare sev2 checkout 500s",
        'sitrep declare sev1 "payments are down" --service payments --impact "nobody can pay"',
        "sitrep declare sev1 payroll leak --private --invite U0123ABCD,U0456EFGH",
      ),
    )
    .action((title: string[], options: DeclareArguments) =>
      run(import("../commands/declare.ts").then(({ declare }) => declare(terminal, title, options))),
    );

  program
    .command("log")
    .description("put a line on an incident's timeline, now or at the time that opens it")
    .argument(...named)
    .argument("<text...>", "what happened; before it 14:30, 2024-02-15 14:30 or 20m ago")
    .option(...json)
    .addHelpText(
      "after",
      examples("sitrep log INC-42 failover started", "sitrep log INC-42 14:30 deployed v2.3.2"),
    )
    .action((incident: number, text: string[], options: { json?: boolean }) =>
      run(import("../commands/log.ts").then(({ log }) => log(terminal, incident, text, options))),
    );

  program
    .command("update")
    .description("publish a status update, the text being the current action")
    .argument(...named)
    .argument("[text...]", "what is being done now")
    .option("--impact <text>", "what is hit, and how much of it")
    .option("--status <status>", "investigating, identified, mitigating or monitoring", liveStatus)
    .option("--started <time>", "when it began: 14:30, 2024-02-15 14:30 or 20m ago")
    .option("--next <time>", "when the next update comes: 15m or 14:45")
    .option(...json)
    .addHelpText(
      "after",
      examples(
        "sitrep update INC-42 rolling back to v2.3.1",
        'sitrep update INC-42 --impact "15% of checkouts fail" --status identified --next 15m',
      ),
    )
    .action((incident: number, text: string[], options: UpdateArguments) =>
      run(import("../commands/update.ts").then(({ update }) => update(terminal, incident, text, options))),
    );

  program
    .command("ack")
    .description("say that you have an incident; the calls that wait for an answer stop")
    .argument(...named)
    .option(...json)
    .addHelpText("after", examples("sitrep ack INC-42"))
    .action((incident: number, options: { json?: boolean }) =>
      run(import("../commands/ack.ts").then(({ ack }) => ack(terminal, incident, options))),
    );

  program
    .command("resolve")
    .description("end an incident: final update, clocks stopped, post-mortem draft")
    .argument(...named)
    .argument("[text...]", "what fixed it")
    .option("--recovered <time>", "when users had recovered: 14:52, 2024-02-15 14:52 or 5m ago")
    .option("--root-cause <text>", "why it happened, if known")
    .addOption(new Option("--data-loss <answer>", "whether data was lost").choices(dataLossAnswers))
    .option(...json)
    .addHelpText(
      "after",
      examples(
        "sitrep resolve INC-42 rolled back to v2.3.1",
        "sitrep resolve INC-42 rolled back --recovered 14:52 --data-loss no",
      ),
    )
    .action((incident: number, text: string[], options: ResolveArguments) =>
      run(import("../commands/resolve.ts").then(({ resolve }) => resolve(terminal, incident, text, options))),
    );
}

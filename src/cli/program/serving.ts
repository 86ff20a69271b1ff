import type { WorkspaceArguments } from "../commands/workspace.ts";
import { type Command, Option } from "commander";
import { port, speed } from "./arguments.ts";
import { examples, type Frame } from "./frame.ts";

/** What serves, and what shows it on this machine. A command's modules are loaded only when it runs. */
export function addServing(program: Command, { terminal, run }: Frame): void {
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
    .action(() => run(import("../commands/start.ts").then(({ start }) => start(terminal))));

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
      return run(import("../commands/demo.ts").then(({ demo }) => demo(terminal, { ...options, ...given })));
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
      run(import("../commands/workspace.ts").then(({ workspace }) => workspace(terminal, options))),
    );
}

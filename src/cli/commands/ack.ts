import { change } from "../change.ts";
import type { ExitCode, Terminal } from "../terminal.ts";

/** Says that somebody has it: the steps that wait for an answer stop. */
export function ack(
  terminal: Terminal,
  incident: number,
  { json = false }: { json?: boolean },
): Promise<ExitCode> {
  return change(terminal, {
    json,
    command: ({ at, actor }) => ({ type: "Acknowledge", at, actor, incident }),
    answers: "Said",
    recorded: ({ sentence }) => ({ sentence, facts: {} }),
  });
}

import type { ExitCode, Terminal } from "../terminal.ts";

/** What a command is added with: where it prints, and how its end is waited for. */
export interface Frame {
  terminal: Terminal;
  run: (command: Promise<ExitCode>) => Promise<void>;
}

export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;

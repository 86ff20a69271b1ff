import type { Command } from "../domain/command.ts";
import type { MessageFact } from "../domain/record.ts";
import { handle, handleFact, type HandlingOptions, type Outcome } from "../handle.ts";
import type { InputKeys } from "./keys.ts";
import type { SlackRoom } from "./room.ts";

interface InputOptions extends Pick<HandlingOptions, "people" | "responseUrl"> {
  keys: InputKeys;
}

/**
 * What Slack sends may come again, so that nothing of it changes an incident but under its keys. Nobody else in this room may call
 * `handle` (`test/imports.config.ts`).
 */
export const handleInput = (
  { handling }: Pick<SlackRoom, "handling">,
  command: Command,
  options: InputOptions,
): Promise<Outcome> => handle(handling, command, options);

/** The same for a fact about a message. */
export const recordInput = (
  { handling }: Pick<SlackRoom, "handling">,
  fact: MessageFact,
  options: { keys: InputKeys },
): Promise<void> => handleFact(handling, fact, options);

/** What Sitrep has read by itself is no input: read again it says the same, and merging adds nothing. */
export const recordRead = ({ handling }: Pick<SlackRoom, "handling">, fact: MessageFact): Promise<void> =>
  handleFact(handling, fact);

import { type DestinationStream, pino } from "pino";

/** One line a decision, with `incident`, `command` or `effect` among the fields; never message text, never a secret. */
export interface Log {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
  fatal(fields: object, sentence: string): void;
}

interface LogOptions {
  level: string;
  /** Standard output unless given. */
  to?: DestinationStream;
  /** Values that are struck out wherever they stand. */
  secrets?: readonly (string | undefined)[];
}

// Whoever reads one of these can act with it: tokens, Socket Mode's tickets, response URLs and upload addresses of Slack.
const knownShapes =
  /xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|(?<=[?&]ticket=)[^&\s"]+|https:\/\/(?:hooks|files)\.slack\.com\/[^\s"\\]+|(?<=[Bb]earer )[^\s"\\]+/g;

const secretKeys = ["token", "authorization", "secret", "responseUrl", "response_url", "signingSecret"];

/** JSON lines by pino; synchronous, so that the last words of a dying process are not lost. */
export function createLog({ level, to, secrets = [] }: LogOptions): Log {
  const values = secrets.filter((secret) => secret !== undefined && secret.length >= 4);
  const strike = (line: string) =>
    values.reduce<string>(
      (text, value) => text.replaceAll(value ?? "", "[secret]"),
      line.replaceAll(knownShapes, "[secret]"),
    );
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: "[secret]" },
      serializers: { err: pino.stdSerializers.errWithCause },
      hooks: { streamWrite: strike },
    },
    to ?? pino.destination({ dest: 1, sync: true }),
  );
}

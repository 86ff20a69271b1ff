import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { nearestHint } from "./nearest.ts";

/** As `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

// No message repeats a value: a token pasted into the wrong variable must not end up in a log.
const recordSchema = z.object({
  DATABASE_URL: z
    .string()
    .refine((url) => databasePath(url, "/") !== undefined, {
      error: "expected file: and a path, such as file:./data/sitrep.db",
    })
    .default("file:./data/sitrep.db"),
  SITREP_CONFIG: z.string().optional(),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(
      z.enum(logLevels, {
        error: ({ input }) =>
          `expected ${logLevels.join(", ")}${typeof input === "string" ? nearestHint(input, logLevels) : ""}`,
      }),
    )
    .default("info"),
});

const serviceSchema = recordSchema.extend({
  SLACK_BOT_TOKEN: z
    .string(
      "is missing: the bot's token, which starts with xoxb-, stands under OAuth & Permissions of the Slack app",
    )
    .regex(/^xoxb-\S+$/, "expected a bot token, which starts with xoxb-"),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, "expected an app-level token, which starts with xapp-")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().regex(/^\S+$/, "expected the signing secret, without spaces").optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: "expected an address such as https://slack.com/api/" })
    .transform((url) => url.replace(/\/*$/, "/"))
    .default("https://slack.com/api/"),
  SITREP_API_TOKEN: z.string().optional(),
  SITREP_PRIVATE_API_TOKEN: z.string().optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "expected a port from 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "expected a port from 0 to 65535")
    .default(3000),
});

export type RecordEnvironment = z.infer<typeof recordSchema>;
export type ServiceEnvironment = z.infer<typeof serviceSchema>;
export type ReadEnvironment<Variables> = { ok: true; variables: Variables } | { ok: false; faults: string[] };

/** What every command needs that works on the record. */
export const readRecordEnvironment = (env: Environment): ReadEnvironment<RecordEnvironment> =>
  read(recordSchema, env);

/** What the bot needs to serve. */
export function readServiceEnvironment(env: Environment): ReadEnvironment<ServiceEnvironment> {
  const found = readTokens(env);
  if (!isUnset(env["SLACK_APP_TOKEN"]) || !isUnset(env["SLACK_SIGNING_SECRET"])) return found;
  const fault =
    "SLACK_SIGNING_SECRET is missing: set it for HTTP mode, or SLACK_APP_TOKEN for Socket Mode, which needs no public address";
  return { ok: false, faults: [...(found.ok ? [] : found.faults), fault] };
}

/** Whoever reads private incidents must be told apart from whoever reads the others. */
function readTokens(env: Environment): ReadEnvironment<ServiceEnvironment> {
  const found = read(serviceSchema, env);
  const secret = env["SITREP_PRIVATE_API_TOKEN"]?.trim();
  if (isUnset(secret) || secret !== env["SITREP_API_TOKEN"]?.trim()) return found;
  const fault = "SITREP_PRIVATE_API_TOKEN is the same as SITREP_API_TOKEN: make one that nobody else has";
  return { ok: false, faults: [...(found.ok ? [] : found.faults), fault] };
}

const isUnset = (value: string | undefined) => value === undefined || value.trim() === "";

function read<Variables>(schema: z.ZodType<Variables>, env: Environment): ReadEnvironment<Variables> {
  const set = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || isUnset(value) ? [] : [[name, value.trim()]],
    ),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return { ok: true, variables: parsed.data };
  return {
    ok: false,
    faults: parsed.error.issues.map(({ path, message }) => faultOf(String(path[0]), message)),
  };
}

const faultOf = (name: string, message: string) =>
  `${name}${message.startsWith("is ") ? " " : ": "}${message}`;

/** `file:./data/sitrep.db`, `file:/var/lib/sitrep.db` and `file:///var/lib/sitrep.db` as an absolute path. */
export function databasePath(url: string, cwd: string): string | undefined {
  try {
    if (url.startsWith("file://")) return fileURLToPath(url);
  } catch {
    return undefined;
  }
  const path = url.startsWith("file:") ? url.slice("file:".length) : "";
  return path === "" || path.startsWith(":") ? undefined : resolve(cwd, path);
}

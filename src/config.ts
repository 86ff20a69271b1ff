import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Rules } from "./domain/rules.ts";
import {
  databasePath,
  type Environment,
  type LogLevel,
  type RecordEnvironment,
  readRecordEnvironment,
  readServiceEnvironment,
} from "./config/environment.ts";
import { readConfigFile, type ReadFile } from "./config/file.ts";
import { rulesOf } from "./config/rules-of.ts";
import { readRunbooks } from "./config/runbook-folder.ts";
import { readTemplate, templateKey, type TemplateKind } from "./config/template.ts";
import { readWebhookTemplate, targetsIn } from "./config/webhooks.ts";
import type { WebhookTarget } from "./webhooks/target.ts";

/** What the record alone needs: the commands that work while the bot runs elsewhere, or while Slack is away. */
export interface RecordConfig {
  rules: Rules;
  /** Absolute path of the SQLite file. */
  database: string;
  logLevel: LogLevel;
}

export interface Config extends RecordConfig {
  /** By the name that a policy calls them by. */
  webhooks: Record<string, WebhookTarget>;
  slack: {
    botToken: string;
    /** Present: Socket Mode. */
    appToken?: string;
    /** There without `appToken`: HTTP mode. */
    signingSecret?: string;
    /** Ends with a slash. */
    apiUrl: string;
  };
  /** 0 takes a free one. */
  port: number;
  /** Bearer token of `/api`, which is off without it. */
  apiToken?: string;
  /** One that shows private incidents too. */
  privateApiToken?: string;
}

export type Loaded<Found> = { ok: true; config: Found } | { ok: false; faults: string[] };

interface Place {
  env: Environment;
  /** Relative paths start here. */
  cwd: string;
}

export type { Environment } from "./config/environment.ts";

export const environment = (): Environment => process.env;

/** Environment and `sitrep.yml`. All faults are told at once, a sentence each; none holds a secret. */
export function loadConfig({ env, cwd }: Place): Loaded<Config> {
  const service = readServiceEnvironment(env);
  const rules = loadRules(env, cwd);
  const { targets, faults } = rules.ok ? rules.webhooksIn(env) : { targets: {}, faults: [] };
  if (!service.ok || !rules.ok || faults.length > 0)
    return { ok: false, faults: [...faultsIn(service), ...faultsIn(rules), ...faults] };
  const { variables } = service;
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SITREP_API_TOKEN } = variables;
  const { SITREP_PRIVATE_API_TOKEN } = variables;
  return {
    ok: true,
    config: {
      ...recordConfig(variables, rules.rules, cwd),
      webhooks: targets,
      slack: {
        botToken: SLACK_BOT_TOKEN,
        apiUrl: variables.SLACK_API_URL,
        ...(SLACK_APP_TOKEN !== undefined && { appToken: SLACK_APP_TOKEN }),
        ...(SLACK_SIGNING_SECRET !== undefined && { signingSecret: SLACK_SIGNING_SECRET }),
      },
      port: variables.PORT,
      ...(SITREP_API_TOKEN !== undefined && { apiToken: SITREP_API_TOKEN }),
      ...(SITREP_PRIVATE_API_TOKEN !== undefined && { privateApiToken: SITREP_PRIVATE_API_TOKEN }),
    },
  };
}

/** The same without what only serving needs. */
export function loadRecordConfig({ env, cwd }: Place): Loaded<RecordConfig> {
  const record = readRecordEnvironment(env);
  const rules = loadRules(env, cwd);
  if (!record.ok || !rules.ok) return { ok: false, faults: [...faultsIn(record), ...faultsIn(rules)] };
  return { ok: true, config: recordConfig(record.variables, rules.rules, cwd) };
}

const faultsIn = (part: { ok: true } | { ok: false; faults: string[] }) => (part.ok ? [] : part.faults);

const recordConfig = (variables: RecordEnvironment, rules: Rules, cwd: string): RecordConfig => ({
  rules,
  // The schema refused what is no path.
  database: databasePath(variables.DATABASE_URL, cwd) ?? "",
  logLevel: variables.LOG_LEVEL,
});

type LoadedRules =
  | {
      ok: true;
      rules: Rules;
      /** What the environment holds for them is asked for by who calls them alone. */
      webhooksIn: (env: Environment) => ReturnType<typeof targetsIn>;
    }
  | { ok: false; faults: string[] };

function loadRules(env: Environment, cwd: string): LoadedRules {
  const asked = env["SITREP_CONFIG"]?.trim() || undefined;
  const path = resolve(cwd, asked ?? "sitrep.yml");
  const name = relative(cwd, path) || path;
  const source = contentsOf(path);
  if (source === "unreadable" || (source === "missing" && asked !== undefined))
    return { ok: false, faults: [`SITREP_CONFIG: ${name} cannot be read`] };
  return rulesIn(readConfigFile(source === "missing" ? "" : source.text, name), {
    folder: dirname(path),
    cwd,
  });
}

/** Everything that the file names is read too, so that all faults are told at once. */
function rulesIn(read: ReadFile, { folder, cwd }: { folder: string; cwd: string }): LoadedRules {
  const { file, textAt, where, policies } = read;
  const template = (kind: TemplateKind) => {
    const key = templateKey(kind);
    return readTemplate(kind, textAt(key), { folder, cwd, where: where(key) });
  };
  const update = template("update");
  const support = template("support");
  const management = template("management");
  const runbooks = readRunbooks(textAt(["runbooks"]), { folder, cwd, where: where(["runbooks"]), policies });
  const bodies = read.webhooks.flatMap((name) => {
    const key = ["webhooks", name, "template"];
    const path = textAt(key);
    return path === undefined
      ? []
      : [{ name, read: readWebhookTemplate(path, { folder, cwd, where: where(key), key: key.join(".") }) }];
  });
  const faultyBodies = bodies.flatMap((body) => faultsIn(body.read));
  if (file && update.ok && support.ok && management.ok && runbooks.ok && faultyBodies.length === 0)
    return {
      ok: true,
      webhooksIn: (env) =>
        targetsIn(
          file.webhooks,
          new Map(bodies.flatMap((body) => (body.read.ok ? [[body.name, body.read.template]] : []))),
          { env, where },
        ),
      rules: rulesOf(file, {
        update: update.template,
        audiences: { support: support.template, management: management.template },
        runbooks: runbooks.runbooks,
      }),
    };
  return {
    ok: false,
    faults: [
      ...read.faults,
      ...[update, support, management, runbooks].flatMap((part) => faultsIn(part)),
      ...faultyBodies,
    ],
  };
}

function contentsOf(path: string): { text: string } | "missing" | "unreadable" {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? "missing" : "unreadable";
  }
}

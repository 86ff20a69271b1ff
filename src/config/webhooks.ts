import { readFileSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { z } from "zod";
import { unknownVariables } from "../domain/policy/update-text.ts";
import { webhookVariables } from "../domain/policy/webhook-variables.ts";
import type { WebhookTarget } from "../webhooks/target.ts";
import { named } from "./calling.ts";
import type { Environment } from "./environment.ts";
import { nearestHint } from "./nearest.ts";
import { expected, mapping, oneOf, text } from "./values.ts";

const aSecret = "{ env: NAME }, the variable of the environment that holds it";
const variable = z.string(expected("a variable's name such as PAGERDUTY_ROUTING_KEY"));
/** What is secret stands in the environment, never in the file. No fault repeats what stands here instead. */
const fromEnvironment = z.strictObject(
  { env: variable.regex(/^[A-Za-z_]\w*$/, expected("a variable's name such as PAGERDUTY_ROUTING_KEY")) },
  expected(aSecret),
);
type FromEnvironment = z.infer<typeof fromEnvironment>;

const anAddress = "an address such as https://hooks.example.com/sitrep, without name and password";
const address = z.string().refine(isAddress, expected(anAddress));

function isAddress(given: string): boolean {
  const url = URL.parse(given);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

const webhook = z
  .strictObject(
    {
      type: oneOf(["pagerduty", "http"]),
      /** Undefined for PagerDuty: its own. */
      url: z.union([address, fromEnvironment], expected(`${anAddress}, or { env: NAME }`)).optional(),
      routingKey: fromEnvironment.optional(),
      secret: fromEnvironment.optional(),
      template: text("the path of a file").optional(),
    },
    mapping,
  )
  .superRefine((given, context) => {
    for (const key of ["url", "routingKey", "secret", "template"] as const) {
      const uses = ofType[given.type][key];
      if (uses === "no" && given[key] !== undefined) fault(key, `a webhook of type ${given.type} has none`);
      if (uses === "must" && given[key] === undefined)
        fault(key, `is missing: expected ${key === "url" ? anAddress : aSecret}`);
    }
    function fault(key: string, message: string) {
      context.addIssue({ code: "custom", path: [key], message });
    }
  });

const ofType = {
  pagerduty: { url: "may", routingKey: "must", secret: "no", template: "no" },
  http: { url: "must", routingKey: "no", secret: "must", template: "may" },
} as const;

export const webhooksSchema = named(webhook);
type Written = z.infer<typeof webhooksSchema>;

const pagerduty = "https://events.pagerduty.com/v2/enqueue";

type Template = NonNullable<Extract<WebhookTarget, { type: "http" }>["template"]>;
export type ReadWebhookTemplate = { ok: true; template: Template } | { ok: false; faults: string[] };

/** `path` is relative to the folder of `sitrep.yml`. A body is JSON where the file's name ends with `.json`. */
export function readWebhookTemplate(
  path: string,
  { folder, cwd, where, key }: { folder: string; cwd: string; where: string; key: string },
): ReadWebhookTemplate {
  const file = isAbsolute(path) ? path : resolve(folder, path);
  const name = relative(cwd, file) || file;
  const source = contentsOf(file);
  if (source === undefined) return { ok: false, faults: [`${where}: ${key}: ${name} cannot be read`] };
  if (source.trim() === "") return { ok: false, faults: [`${name}: the template is empty`] };
  const faults = unknownVariables(source, webhookVariables).map(
    ({ line, name: unknown }) =>
      `${name}:${line}: {${unknown}} is no variable: expected {${webhookVariables.join("}, {")}}${nearestHint(unknown, webhookVariables)}`,
  );
  const isJson = name.endsWith(".json");
  if (isJson && faults.length === 0 && !isJsonAround(source))
    faults.push(`${name}: expected JSON with its variables within quotes`);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, template: { text: source, isJson } };
}

/** Filled with any words it is JSON: a variable outside quotes would make none of it. */
function isJsonAround(source: string): boolean {
  try {
    JSON.parse(source.replaceAll(/\{\w+\}/g, "some words"));
    return true;
  } catch {
    return false;
  }
}

function contentsOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Webhooks as they are called, with what the environment holds for them. */
export function targetsIn(
  written: Written,
  templates: ReadonlyMap<string, Template>,
  { env, where }: { env: Environment; where: (path: readonly string[]) => string },
): { targets: Record<string, WebhookTarget>; faults: string[] } {
  const targets: Record<string, WebhookTarget> = {};
  const faults: string[] = [];
  for (const [name, { type, url, routingKey, secret }] of Object.entries(written)) {
    const value = (key: string, from: FromEnvironment | undefined, rule: Rule): string => {
      const found = from && env[from.env]?.trim();
      const path = ["webhooks", name, key];
      if (from && !found)
        faults.push(`${where(path)}: ${path.join(".")}: the variable ${from.env} is not set`);
      else if (from && found && !rule.holds(found))
        faults.push(`${where(path)}: ${path.join(".")}: ${from.env} does not hold ${rule.expects}`);
      return found ?? "";
    };
    const place = typeof url === "object" ? value("url", url, anyAddress) : (url ?? pagerduty);
    const template = templates.get(name);
    targets[name] =
      type === "pagerduty"
        ? { type, url: place, routingKey: value("routingKey", routingKey, aRoutingKey) }
        : { type, url: place, secret: value("secret", secret, anySecret), ...(template && { template }) };
  }
  return { targets, faults };
}

interface Rule {
  holds: (value: string) => boolean;
  expects: string;
}
const anyAddress: Rule = { holds: isAddress, expects: anAddress };
const aRoutingKey: Rule = {
  holds: (value) => /^[A-Za-z0-9]{32}$/.test(value),
  expects: "the integration key of an Events API v2 integration, which has 32 letters and digits",
};
const anySecret: Rule = {
  holds: (value) => value.length >= 16,
  expects: "a secret of 16 characters or more",
};

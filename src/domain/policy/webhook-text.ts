import type { WebhookAct } from "../effect.ts";
import type { Call } from "../escalation/state.ts";
import { type Incident, reference } from "../incident.ts";
import { type Names, plain } from "../plain-text.ts";
import type { Words } from "../words.ts";
import { tellsWebhooks } from "./visibility.ts";
import type { WebhookVariable } from "./webhook-variables.ts";

export type WebhookFacts = Record<WebhookVariable, string>;

interface Told {
  act: WebhookAct;
  /** What it is called for; undefined: it hears an outcome. */
  call: Call | undefined;
  /** The same for all that is told of one incident, and of no other. */
  key: string;
  at: number;
  names: Names;
  /** To its channel; empty where there is none yet. */
  link: string;
}

/** All that a webhook may hear of a private incident. */
const neutral = "Sitrep: you are needed, open Slack";

/** What a webhook is told, in plain text; what is not recorded is empty. */
export function webhookFacts(incident: Incident, { act, call, key, at, names, link }: Told): WebhookFacts {
  const told = { act, key, at: iso(at) };
  if (!tellsWebhooks(incident))
    return {
      ...told,
      summary: neutral,
      incident: "",
      title: "",
      severity: "",
      status: "",
      impact: "",
      services: "",
      message: "",
      reason: "",
      declared: "",
      link: "",
    };
  const read = (words: Words | null | undefined): string =>
    shortened(words ? plain(words.body ?? "(erased)", names) : "");
  const title = read(incident.title);
  const message = call?.message ?? "";
  const summary = `${reference(incident)} ${title} (${incident.severity})`;
  return {
    ...told,
    summary: message === "" ? summary : `${summary}: ${message}`,
    incident: reference(incident),
    title,
    severity: incident.severity,
    status: incident.status,
    impact: read(incident.impact),
    services: incident.services.join(", "),
    message,
    reason: read(call?.reason),
    declared: iso(incident.declaredAt),
    link,
  };
}

/** People whose names the texts need. */
export const wordsTold = (incident: Incident, call: Call | undefined): string[] =>
  [incident.title, incident.impact, call?.reason].flatMap((words) => words?.body ?? []);

const longest = 2000;
const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

const iso = (at: number): string => new Date(at).toISOString();

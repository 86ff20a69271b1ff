import type {
  PolicyRules,
  RotationRules,
  Rules,
  Runbook,
  ServiceRules,
  SeverityRules,
} from "../domain/rules.ts";
import { type Audience, audiences } from "../domain/vocab.ts";
import { instantOf } from "./moment.ts";
import type { ConfigFile } from "./schema.ts";

/** What other files than `sitrep.yml` say. */
export interface Texts {
  update: string;
  audiences: Record<Audience, string>;
  runbooks: Runbook[];
}

/** The rules that a configuration file makes, with what it leaves out. */
export function rulesOf(file: ConfigFile, texts: Texts): Rules {
  const {
    updates,
    audiences: _audiences,
    services,
    onCall,
    escalation,
    webhooks,
    severities,
    ...rest
  } = file;
  const { SEV1, SEV2, SEV3, SEV4 } = severities;
  const usual = "default" in escalation ? "default" : null;
  return {
    ...rest,
    severities: {
      SEV1: severityOf(SEV1, usual),
      SEV2: severityOf(SEV2, usual),
      SEV3: severityOf(SEV3, null),
      SEV4: severityOf(SEV4, null),
    },
    updates: { ...updates, template: texts.update },
    audiences: audiencesOf(file, texts),
    services: mapped(services, serviceOf),
    onCall: mapped(onCall, (rotation) => rotationOf(rotation, file.timezone)),
    escalation: mapped(escalation, policyOf),
    // All else of them is secret.
    webhooks: mapped(webhooks, ({ type }) => ({ type })),
    runbooks: texts.runbooks,
  };
}

const mapped = <From, To>(record: Readonly<Record<string, From>>, make: (each: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([name, each]): [string, To] => [name, make(each)]));

/** Optional keys are left out rather than undefined. */
function severityOf(
  { whenMissed, escalation, ...rest }: ConfigFile["severities"]["SEV1"],
  usual: string | null,
): SeverityRules {
  return {
    ...rest,
    escalation: escalation === undefined ? usual : escalation === "off" ? null : escalation,
    ...(whenMissed && { whenMissed }),
  };
}

const serviceOf = ({ owners, escalation }: ConfigFile["services"][string]): ServiceRules => ({
  owners,
  escalation: escalation ?? null,
});

function rotationOf(
  { zone = "", handover, people, since, overrides }: ConfigFile["onCall"][string],
  timezone: string,
): RotationRules {
  const here = zone || timezone;
  const [hours = 0, minutes = 0] = handover.time.split(":").map(Number);
  return {
    zone: here,
    handover,
    people,
    since: instantOf(since, here, [hours, minutes]),
    overrides: overrides.map(({ from, to, person }) => ({
      from: instantOf(from, here),
      to: instantOf(to, here),
      person,
    })),
  };
}

/** Steps in the order in which they come. */
const policyOf = ({ steps, repeat, repeatEvery }: ConfigFile["escalation"][string]): PolicyRules => ({
  repeat,
  repeatEvery,
  steps: steps.toSorted((one, other) => one.after - other.after),
});

function audiencesOf({ audiences: given }: ConfigFile, texts: Texts): Rules["audiences"] {
  const rules: Rules["audiences"] = {};
  for (const audience of audiences) {
    const told = given[audience];
    if (told)
      rules[audience] = {
        channel: told.channel,
        severities: told.severities,
        template: texts.audiences[audience],
      };
  }
  return rules;
}

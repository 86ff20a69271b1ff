import { defaultTable } from "../domain/policy/severity-table.ts";
import type { Rules, SeverityRules } from "../domain/rules.ts";
import type { ConfigFile } from "./schema.ts";

const minute = 60_000;

/** The rules that a configuration file makes, with what it leaves out. */
export function rulesOf(file: ConfigFile, template: string): Rules {
  const { severities, updates, assessment, mitigation, ...rest } = file;
  const { SEV1, SEV2, SEV3, SEV4 } = severities;
  return {
    ...rest,
    severities: {
      SEV1: severityOf(SEV1),
      SEV2: severityOf(SEV2),
      SEV3: severityOf(SEV3),
      SEV4: severityOf(SEV4),
    },
    updates: { ...updates, template },
    assessment: { ...assessment, table: defaultTable },
    mitigation: {
      ...mitigation,
      expected: {
        rollback: 5 * minute,
        flag: 5 * minute,
        routing: 10 * minute,
        degradation: 10 * minute,
        fix: 30 * minute,
      },
    },
    audiences: {},
    services: {},
    onCall: {},
    escalation: {},
    phones: {},
    runbooks: [],
  };
}

/** Optional keys are left out rather than undefined. */
function severityOf({
  whenMissed,
  escalation: _escalation,
  ...rest
}: ConfigFile["severities"]["SEV1"]): SeverityRules {
  return { ...rest, escalation: null, ...(whenMissed && { whenMissed }) };
}

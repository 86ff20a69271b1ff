import type { SeverityRow } from "../rules.ts";

/** The table that proposes a severity where the configuration has none of its own; the first row that fits counts. */
export const defaultTable: SeverityRow[] = [
  { severity: "SEV1", when: { business: ["dataLoss", "security"] } },
  { severity: "SEV1", when: { users: "most" } },
  { severity: "SEV1", when: { users: "many", scope: "system" } },
  { severity: "SEV1", when: { users: "many", trend: "worsening" } },
  { severity: "SEV2", when: { users: "many" } },
  { severity: "SEV2", when: { users: "some", scope: "services" } },
  { severity: "SEV2", when: { users: "some", business: ["revenue", "sla"] } },
  { severity: "SEV3", when: { users: "few" } },
  { severity: "SEV3", when: { business: ["degraded", "revenue", "sla"] } },
  { severity: "SEV3", when: { scope: "services" } },
  { severity: "SEV4", when: {} },
];

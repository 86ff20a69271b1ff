import { type Role, roleNames } from "../../domain/vocab.ts";
import { bare } from "../../domain/reading/line.ts";
import { slips } from "../commands/slips.ts";

/** What people call the roles. */
const roleWords: Readonly<Record<string, Role>> = {
  commander: "commander",
  "incident commander": "commander",
  ic: "commander",
  lead: "commander",
  leader: "commander",
  comms: "commsLead",
  "comms lead": "commsLead",
  communications: "commsLead",
  "communications lead": "commsLead",
  scribe: "scribe",
  notes: "scribe",
  operations: "operationsLead",
  "operations lead": "operationsLead",
  ops: "operationsLead",
  "ops lead": "operationsLead",
};

/** The role that is meant; else the nearest one, or null where none is near. */
export function roleNamed(written: string): { role: Role } | { nearest: Role | null } {
  const word = bare(written.replaceAll(/[\s_-]+/g, " ").trim());
  const role = Object.hasOwn(roleWords, word) ? roleWords[word] : undefined;
  if (role !== undefined) return { role };
  const [near] = Object.entries(roleWords)
    .map(([known, meant]) => ({ meant, apart: slips(word, known), allowed: known.length >= 4 ? 2 : 1 }))
    .filter(({ apart, allowed }) => apart <= allowed)
    .toSorted((one, other) => one.apart - other.apart);
  return { nearest: near?.meant ?? null };
}

/** `commander, comms lead, scribe and operations lead` */
export const everyRole = Object.values(roleNames)
  .join(", ")
  .replace(/, ([^,]*)$/, " and $1");

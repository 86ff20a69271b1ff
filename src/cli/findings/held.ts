import type { Loss } from "../../domain/access/state.ts";
import { type Incident, isOpen, reference } from "../../domain/incident.ts";
import { formatClock } from "../../domain/time.ts";
import type { OpenRecord } from "../record.ts";
import type { Finding } from "./finding.ts";

/** What waits for a channel or a person out of reach, an incident each. */
export async function heldFindings(record: OpenRecord, now: number): Promise<Finding[]> {
  const rows = Map.groupBy(await record.store.incidentsHeld(), (number) => number);
  const found = await Promise.all([...rows].map(([number, { length }]) => held(record, number, length, now)));
  return found.flat();
}

async function held(record: OpenRecord, number: number, many: number, now: number): Promise<Finding[]> {
  const incident = await record.store.incident(number);
  if (!incident) return [];
  const { lost } = incident.access;
  const [why, todo] = lost ? ofChannel(record, incident, lost, now) : await ofPeople(record, incident);
  const name = `${reference(incident)}${incident.private ? " (PRIVATE)" : ""}`;
  return [
    {
      finding: "held",
      says: `${name}: ${many} of what is to be done ${many === 1 ? "waits" : "wait"} for ${why}.`,
      todo,
      facts: {
        incident: reference(incident),
        private: incident.private,
        waiting: many,
        channel: lost ? (incident.channel?.name ?? null) : null,
        lost: lost?.why ?? null,
      },
    },
  ];
}

type Lost = NonNullable<Incident["access"]["lost"]>;

function ofChannel(
  { rules }: OpenRecord,
  incident: Incident,
  { why, since }: Lost,
  now: number,
): [why: string, todo: string] {
  const name = `#${incident.channel?.name ?? ""}`;
  const at = formatClock(since, rules.timezone, now);
  const otherwise = isOpen(incident)
    ? "have another one opened: Sitrep has sent whoever leads a button for it."
    : "nothing brings it back; all that was recorded stays on record.";
  const ways: Record<Loss, [string, string]> = {
    archived: [`which was archived at ${at}`, "Unarchive it in Slack: only people can."],
    removed: [`from which Sitrep was removed at ${at}`, `Invite it back: /invite @Sitrep in ${name}.`],
    unseen: [
      `which Slack does not show Sitrep since ${at}`,
      `If it is still there, invite Sitrep back: /invite @Sitrep in ${name}. Else ${otherwise}`,
    ],
    deleted: [`which was deleted at ${at}`, `It is gone: ${otherwise}`],
  };
  const [what, todo] = ways[why];
  return [`its channel ${name}, ${what}`, todo];
}

async function ofPeople({ store }: OpenRecord, { departed }: Incident): Promise<[why: string, todo: string]> {
  const gone = Object.keys(departed);
  const names = await store.people(gone);
  const who = gone.map((id) => `@${names.get(id)?.name ?? id}`).join(", ");
  return gone.length === 0
    ? ["what is out of reach", "Start Sitrep, or wait for it: it looks whether that is still so."]
    : [
        gone.length === 1
          ? `${who}, whose account is deactivated`
          : `one or more of ${who}, whose accounts are deactivated`,
        "It is for them alone: leave it, unless the account is to be opened again in Slack.",
      ];
}

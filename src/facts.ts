import type { Command, CommandNamed } from "./domain/command.ts";
import { catchUpTarget, targetOf } from "./domain/effect-routing.ts";
import { still } from "./domain/escalation/watch.ts";
import { isOpen } from "./domain/incident.ts";
import type { OpenIncident } from "./domain/policy/similar.ts";
import { keyEntries } from "./domain/timeline.ts";
import { instantOfTs } from "./domain/time.ts";
import type { Store } from "./store/port.ts";

/** The command with what deciding needs to know beyond the incident's own state, read beforehand. */
export async function withFacts(store: Store, command: Command): Promise<Command> {
  switch (command.type) {
    case "Declare":
      return { ...command, ...(await factsOfDeclaring(store, command)) };
    case "RemindUpdate":
    case "PostOverdueUpdate":
    case "NoteMemberJoined":
    case "CompareMembers":
      return { ...command, ...(await keyEntriesOf(store, command.incident)) };
    case "CheckHeard":
      return { ...command, ...(await factsOfHearing(store, command.incident)) };
    case "GoOn": {
      const question = targetOf(command.incident, still(command.watch));
      const isOnItsWay = (await store.waitingSince(question)) !== undefined;
      return { ...command, isOnItsWay, ...(await factsOfHearing(store, command.incident)) };
    }
    case "MarkDuplicate":
      return { ...command, other: await otherOf(store, command.of) };
    default:
      return command;
  }
}

async function factsOfDeclaring(
  store: Store,
  { here, source }: CommandNamed<"Declare">,
): Promise<Pick<CommandNamed<"Declare">, "number" | "sourceTaken" | "others" | "here">> {
  const number = await store.nextNumber();
  const sourceTaken = source !== undefined && (await store.message(source.channel, source.ts)) !== undefined;
  const facts = { number, sourceTaken, others: await openIncidents(store) };
  if (!here) return facts;
  const { channel, name } = here;
  const there = await store.incidentOfChannel(channel);
  const incident = there === undefined ? undefined : await store.incident(there);
  const taken = incident && isOpen(incident) ? { taken: incident.number } : {};
  return { ...facts, here: { channel, name, ...taken } };
}

async function openIncidents(store: Store): Promise<OpenIncident[]> {
  const open = await store.incidents({ open: true });
  return open.map(({ number, title, services, declaredAt, channel, private: isPrivate, drill }) => ({
    number,
    title,
    services,
    declaredAt,
    channel: channel?.id ?? null,
    private: isPrivate,
    drill,
  }));
}

async function keyEntriesOf(
  store: Store,
  number: number,
): Promise<Partial<Pick<CommandNamed<"RemindUpdate">, "keyEntries">>> {
  const incident = await store.incident(number);
  if (!incident) return {};
  const marked = await store.messages(number, { marked: true });
  return { keyEntries: keyEntries(incident, marked) };
}

/** In this order: what is read between the two questions is in the second answer. */
async function factsOfHearing(
  store: Store,
  incident: number,
): Promise<Pick<CommandNamed<"CheckHeard">, "readingSince" | "lastSaidAt">> {
  const readingSince = (await store.waitingSince(catchUpTarget(incident))) ?? null;
  return { readingSince, lastSaidAt: await lastSaidAt(store, incident) };
}

/** When anybody last said anything in its channel; 0: nobody has. */
async function lastSaidAt(store: Store, number: number): Promise<number> {
  const ts = await store.lastSaid(number);
  return ts === undefined ? 0 : instantOfTs(ts);
}

async function otherOf(store: Store, number: number): Promise<CommandNamed<"MarkDuplicate">["other"]> {
  const other = await store.incident(number);
  if (!other) return null;
  const { channel, ending, private: isPrivate } = other;
  const duplicateOf = ending.cancelled?.duplicateOf ?? null;
  return { number, private: isPrivate, channel: channel?.id ?? null, duplicateOf };
}

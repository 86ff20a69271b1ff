import type { Channel } from "../../src/workspace/model.ts";
import type { WorkspaceState } from "../../src/workspace/state.ts";

/** Says the same of two runs that differ by their ids and times alone. */
export interface Mapped {
  text: (text: string) => string;
  /** Keys in order; instants and versions of an incident, which are numbers, mapped as well. */
  json: (value: unknown) => string;
  channel: (channel: Channel) => string;
}

export function byNames(state: WorkspaceState): Mapped {
  const nameOfPerson = (id: string) => `@${state.person(id)?.name ?? id}`;
  const channel = ({ kind, name, members }: Channel): string => {
    if (kind !== "im") return `#${name}`;
    return [...members]
      .filter((id) => state.person(id)?.isBot !== true)
      .map(nameOfPerson)
      .join();
  };
  const names = new Map<string, string>([
    ...[...state.people.keys()].map((id): [string, string] => [id, nameOfPerson(id)]),
    ...[...state.channels.values()].map((each): [string, string] => [each.id, channel(each)]),
    ...[...state.files.values()].map(({ id, name }): [string, string] => [id, `file ${name}`]),
  ]);
  const text = (raw: string): string =>
    raw
      .replaceAll(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g, "<id>")
      .replaceAll(/\bp1[67]\d{14}\b/g, "p<ts>")
      .replaceAll(/\b1[67]\d{8}\.\d{6}\b/g, "<ts>")
      .replaceAll(/\b1[67]\d{11}\b/g, "<instant>")
      .replaceAll(/<!date\^\d+/g, "<!date^")
      .replaceAll(/\b[A-Z][A-Z0-9]{7,}\b/g, (id) => names.get(id) ?? id)
      .replaceAll(/\b\d\d:\d\d(?::\d\d)?(?: UTC)?/g, "00:00")
      .replaceAll(/\b\d+ ?(?:h|min|minutes?|seconds?|hours?|days?)\b/g, "some time")
      .replaceAll(/some time(?:,? some time)+/g, "some time")
      .replaceAll(/\b([a-z][a-z-]+):\d+\b/g, (slot, kind: string) =>
        numbered.has(kind) ? slot : `${kind}:#`,
      );
  const json = (value: unknown): string => JSON.stringify(map(value));
  const map = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return text(value);
    // A look that finds something out knows of no instant since which it is so.
    if (value === null && key === "since") return "<instant>";
    if (typeof value === "number")
      return value > 1_600_000_000_000 || key === "timestamp" ? "<instant>" : versions.has(key) ? "#" : value;
    if (Array.isArray(value)) return value.map((each) => map(each, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value)
      .filter(([name]) => !made.has(name))
      .map(([name, each]) => [text(name), map(each, name)] as const)
      .toSorted(([one, first], [other, second]) =>
        one === other ? JSON.stringify(first).localeCompare(JSON.stringify(second)) : one < other ? -1 : 1,
      )
      .map(([name, each]) => ({ [name]: each }));
  };
  return { text, json, channel };
}

/** Kinds of slots whose number people see and count by; that of others is a version. */
const numbered = new Set(["update"]);
/** What Slack makes up where nobody has given it. */
const made = new Set(["block_id"]);
/** Of state and events: the version of an incident at which something happened. */
const versions = new Set(["version", "watch", "unanswered", "since", "offer", "id"]);

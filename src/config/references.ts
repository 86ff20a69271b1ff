import { z } from "zod";
import { nearestHint } from "./nearest.ts";

export interface Fault {
  path: readonly PropertyKey[];
  says: string;
}

const Mapping = z.record(z.string(), z.unknown());

/** Looks only at what it understands: the rest is the schema's, whose faults are told beside these. */
const mappingAt = (value: unknown, key: string): Record<string, unknown> => {
  const outer = Mapping.safeParse(value);
  const inner = Mapping.safeParse(outer.success ? outer.data[key] : undefined);
  return inner.success ? inner.data : {};
};

export const policyNames = (raw: unknown): string[] => Object.keys(mappingAt(raw, "escalation"));

/** Policies and rotations that are named and do not stand in the file. */
export function danglingNames(raw: unknown): Fault[] {
  const policies = policyNames(raw);
  const rotations = Object.keys(mappingAt(raw, "onCall"));
  const policy = (path: readonly PropertyKey[], given: unknown, word?: string): Fault[] =>
    typeof given !== "string" || given === word || policies.includes(given)
      ? []
      : [{ path, says: noPolicy(given, policies) }];
  const bySeverity = mappingAt(raw, "severities");
  const byService = mappingAt(raw, "services");
  const byPolicy = mappingAt(raw, "escalation");
  return [
    ...Object.keys(bySeverity).flatMap((name) =>
      policy(["severities", name, "escalation"], mappingAt(bySeverity, name)["escalation"], "off"),
    ),
    ...Object.keys(byService).flatMap((name) =>
      policy(["services", name, "escalation"], mappingAt(byService, name)["escalation"]),
    ),
    ...Object.keys(byPolicy).flatMap((name) =>
      rotationsIn(mappingAt(byPolicy, name)["steps"]).flatMap(({ path, rotation }): Fault[] =>
        rotations.includes(rotation)
          ? []
          : [{ path: ["escalation", name, "steps", ...path], says: noRotation(rotation, rotations) }],
      ),
    ),
  ];
}

const noRotation = (name: string, rotations: readonly string[]): string =>
  `there is no rotation ${name}: expected ${rotations.length === 0 ? "one that stands under onCall" : rotations.join(", ")}${nearestHint(name, rotations)}`;

const Steps = z.array(z.unknown());

function rotationsIn(steps: unknown): { path: PropertyKey[]; rotation: string }[] {
  const list = Steps.safeParse(steps);
  return (list.success ? list.data : []).flatMap((step, index) => {
    const parsed = Mapping.safeParse(step);
    const targets = Steps.safeParse(parsed.success ? parsed.data["notify"] : undefined);
    return (targets.success ? targets.data : []).flatMap((target, at) => {
      const [, rotation] = typeof target === "string" ? (/^oncall:(.+)$/.exec(target.trim()) ?? []) : [];
      return rotation === undefined ? [] : [{ path: [index, "notify", at], rotation: rotation.trim() }];
    });
  });
}

export const noPolicy = (name: string, policies: readonly string[]): string =>
  `there is no policy ${name}: expected ${policies.length === 0 ? "one that stands under escalation" : policies.join(", ")}${nearestHint(name, policies)}`;

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

export const webhookNames = (raw: unknown): string[] => Object.keys(mappingAt(raw, "webhooks"));

/** Policies, rotations and webhooks that are named and do not stand in the file. */
export function danglingNames(raw: unknown): Fault[] {
  const policies = policyNames(raw);
  const targets = { oncall: Object.keys(mappingAt(raw, "onCall")), webhook: webhookNames(raw) };
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
      targetsIn(mappingAt(byPolicy, name)["steps"]).flatMap(({ path, kind, target }): Fault[] =>
        targets[kind].includes(target)
          ? []
          : [{ path: ["escalation", name, "steps", ...path], says: noTarget(kind, target, targets[kind]) }],
      ),
    ),
  ];
}

type Kind = "oncall" | "webhook";
const called: Record<Kind, { what: string; under: string }> = {
  oncall: { what: "rotation", under: "onCall" },
  webhook: { what: "webhook", under: "webhooks" },
};

const noTarget = (kind: Kind, name: string, names: readonly string[]): string =>
  `there is no ${called[kind].what} ${name}: expected ${names.length === 0 ? `one that stands under ${called[kind].under}` : names.join(", ")}${nearestHint(name, names)}`;

const Steps = z.array(z.unknown());

function targetsIn(steps: unknown): { path: PropertyKey[]; kind: Kind; target: string }[] {
  const list = Steps.safeParse(steps);
  return (list.success ? list.data : []).flatMap((step, index) => {
    const parsed = Mapping.safeParse(step);
    const targets = Steps.safeParse(parsed.success ? parsed.data["notify"] : undefined);
    return (targets.success ? targets.data : []).flatMap((target, at) => {
      const [, kind, name] =
        typeof target === "string" ? (/^(oncall|webhook):(.+)$/.exec(target.trim()) ?? []) : [];
      return name === undefined || (kind !== "oncall" && kind !== "webhook")
        ? []
        : [{ path: [index, "notify", at], kind, target: name.trim().replace(/^[@#]/, "") }];
    });
  });
}

export const noPolicy = (name: string, policies: readonly string[]): string =>
  `there is no policy ${name}: expected ${policies.length === 0 ? "one that stands under escalation" : policies.join(", ")}${nearestHint(name, policies)}`;

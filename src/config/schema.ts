import { z } from "zod";
import { weekdays } from "../domain/rules.ts";
import { missedUpdateActs, severities } from "../domain/vocab.ts";
import { nearestHint } from "./nearest.ts";

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const isUnit = (unit: string | undefined): unit is keyof typeof units => unit !== undefined && unit in units;

function millisecondsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count !== undefined && isUnit(unit) ? Number(count) * units[unit] : undefined;
}

const expected = (what: string) => ({ error: () => `expected ${what}` });
const aDuration = "a duration such as 90s, 15m, 2h or 3d";

/** `15m` as milliseconds. */
const duration = z.string(expected(aDuration)).transform((text, context): number => {
  const length = millisecondsOf(text);
  if (length !== undefined) return length;
  context.addIssue({ code: "custom", message: `expected ${aDuration}` });
  return z.NEVER;
});

const positiveDuration = z
  .string(expected(`${aDuration}, or off`))
  .transform((text, context): number | null => {
    if (text === "off") return null;
    const length = millisecondsOf(text);
    if (length !== undefined && length > 0) return length;
    context.addIssue({ code: "custom", message: `expected ${aDuration}, or off` });
    return z.NEVER;
  });

const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) =>
      `expected ${words.join(", ")}${typeof input === "string" ? nearestHint(input, words) : ""}`,
  });

const text = (what: string) => z.string(expected(what)).trim().min(1, expected(what));

const timezone = z
  .string(expected("a time zone such as Europe/Berlin"))
  .refine(isZone, { error: ({ input }) => `expected a time zone such as Europe/Berlin${zoneHint(input)}` });

function isZone(zone: string): boolean {
  try {
    // Offsets such as +07:00 are zones too, but have no daylight-saving time and read badly.
    return /^[A-Za-z]/.test(new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}

const zoneHint = (zone: unknown): string =>
  typeof zone === "string" ? nearestHint(zone, ["UTC", ...Intl.supportedValuesOf("timeZone")]) : "";

const namingVariables = ["n", "date", "sev", "slug"];

const naming = text("a name such as inc-{n}-{slug}").superRefine((pattern, context) => {
  for (const [, name = ""] of pattern.matchAll(/\{([^{}]*)\}/g))
    if (!namingVariables.includes(name))
      context.addIssue({
        code: "custom",
        message: `{${name}} is no variable: expected {${namingVariables.join("}, {")}}${nearestHint(name, namingVariables)}`,
      });
});

const announcements = text("a channel's name, or off").transform((name) =>
  name === "off" ? null : name.replace(/^#/, ""),
);

// https://docs.slack.dev/reference/methods/reactions.add takes the name without colons.
const mark = text("an emoji's name such as pushpin")
  .transform((name) => name.replace(/^:(.*):$/, "$1"))
  .pipe(z.string().regex(/^[a-z0-9_+'-]+$/, expected("an emoji's name such as pushpin")));

const userId = z
  .string(expected("a Slack user id such as U0123ABCD"))
  .regex(/^[UW][A-Z0-9]+$/, expected("a Slack user id such as U0123ABCD"));

const onOff = oneOf(["on", "off"])
  .or(z.boolean())
  .transform((value) => value === true || value === "on");

const clockTime = text("a time such as 09:00").regex(
  /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  expected("a time such as 09:00"),
);

interface SeverityDefaults {
  name: string;
  description: string;
  firstUpdate: string;
  updateEvery: string;
  whenMissed?: "remind";
  postmortemWithin?: string;
}

const mapping = expected("keys with values");

const severity = ({
  name,
  description,
  firstUpdate,
  updateEvery,
  whenMissed,
  postmortemWithin = "off",
}: SeverityDefaults) =>
  z
    .strictObject(
      {
        name: text("a name").default(name),
        description: text("a description").default(description),
        firstUpdate: positiveDuration.prefault(firstUpdate),
        updateEvery: positiveDuration.prefault(updateEvery),
        /** Undefined: the policy `default`, where there is one. */
        escalation: text("a policy's name, or off").optional(),
        invite: z.array(userId).default([]),
        postmortemWithin: positiveDuration.prefault(postmortemWithin),
        whenMissed: whenMissed
          ? oneOf(missedUpdateActs).default(whenMissed)
          : oneOf(missedUpdateActs).optional(),
      },
      mapping,
    )
    .prefault({});

/** `sitrep.yml`, every key optional. Durations come out in milliseconds, `off` as null. */
export const configFileSchema = z.strictObject(
  {
    timezone: timezone.default("UTC"),
    dateOrder: oneOf(["mdy", "dmy"]).default("mdy"),
    workingHours: z
      .strictObject(
        {
          days: z.array(oneOf(weekdays)).default(["mon", "tue", "wed", "thu", "fri"]),
          from: clockTime.default("09:00"),
          to: clockTime.default("18:00"),
        },
        mapping,
      )
      .prefault({}),
    channels: z
      .strictObject(
        {
          announcements: announcements.prefault("incidents"),
          naming: naming.default("inc-{n}-{slug}"),
          topic: onOff.prefault("on"),
          archiveAfter: positiveDuration.prefault("off"),
        },
        mapping,
      )
      .prefault({}),
    severities: z
      .strictObject(
        {
          SEV1: severity({
            name: "Critical",
            description: "Most users cannot use the product, or data is being lost",
            firstUpdate: "10m",
            updateEvery: "15m",
            postmortemWithin: "3d",
          }),
          SEV2: severity({
            name: "High",
            description: "Many users are affected, or an important function is down",
            firstUpdate: "15m",
            updateEvery: "30m",
            postmortemWithin: "5d",
          }),
          SEV3: severity({
            name: "Moderate",
            description: "Some users are affected, and there is a way around",
            firstUpdate: "30m",
            updateEvery: "60m",
            whenMissed: "remind",
          }),
          SEV4: severity({
            name: "Low",
            description: "Few users notice",
            firstUpdate: "off",
            updateEvery: "off",
          }),
        },
        mapping,
      )
      .prefault({}),
    defaultSeverity: oneOf(severities).default("SEV2"),
    updates: z
      .strictObject(
        {
          warnBefore: positiveDuration.prefault("5m"),
          grace: duration.prefault("5m"),
          whenMissed: oneOf(missedUpdateActs).default("post"),
          maxAutomatic: z.int(expected("a whole number from 0 to 100")).min(0).max(100).default(2),
          slowAfter: positiveDuration.prefault("2h"),
          template: text("the path of a file").optional(),
        },
        mapping,
      )
      .prefault({}),
    timeline: z
      .strictObject({ mark: mark.prefault("pushpin"), joinBrief: onOff.prefault("on") }, mapping)
      .prefault({}),
    assessment: z.strictObject({ askAgainAfter: positiveDuration.prefault("5m") }, mapping).prefault({}),
    mitigation: z.strictObject({ promptAfter: positiveDuration.prefault("15m") }, mapping).prefault({}),
    roles: z
      .strictObject(
        {
          remindCommanderAfter: positiveDuration.prefault("3m"),
          escalateAfter: positiveDuration.prefault("8m"),
        },
        mapping,
      )
      .prefault({}),
    prompts: z.strictObject({ atMostEvery: positiveDuration.prefault("5m") }, mapping).prefault({}),
  },
  mapping,
);
export type ConfigFile = z.infer<typeof configFileSchema>;

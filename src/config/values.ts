import { z } from "zod";
import { nearestHint } from "./nearest.ts";

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const isUnit = (unit: string | undefined): unit is keyof typeof units => unit !== undefined && unit in units;

function millisecondsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count !== undefined && isUnit(unit) ? Number(count) * units[unit] : undefined;
}

export const expected = (what: string) => ({ error: () => `expected ${what}` });
const aDuration = "a duration such as 90s, 15m, 2h or 3d";

/** `15m` as milliseconds. */
export const duration = z.string(expected(aDuration)).transform((text, context): number => {
  const length = millisecondsOf(text);
  if (length !== undefined) return length;
  context.addIssue({ code: "custom", message: `expected ${aDuration}` });
  return z.NEVER;
});

export const positiveDuration = z
  .string(expected(`${aDuration}, or off`))
  .transform((text, context): number | null => {
    if (text === "off") return null;
    const length = millisecondsOf(text);
    if (length !== undefined && length > 0) return length;
    context.addIssue({ code: "custom", message: `expected ${aDuration}, or off` });
    return z.NEVER;
  });

/** As `positiveDuration`, without `off`. */
export const lasting = z.string(expected(aDuration)).transform((text, context): number => {
  const length = millisecondsOf(text);
  if (length !== undefined && length > 0) return length;
  context.addIssue({ code: "custom", message: `expected ${aDuration}` });
  return z.NEVER;
});

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, {
    error: ({ input }) =>
      `expected ${words.join(", ")}${typeof input === "string" ? nearestHint(input, words) : ""}`,
  });

export const text = (what: string) => z.string(expected(what)).trim().min(1, expected(what));

export const timezone = z
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

export const naming = text("a name such as inc-{n}-{slug}").superRefine((pattern, context) => {
  for (const [, name = ""] of pattern.matchAll(/\{([^{}]*)\}/g))
    if (!namingVariables.includes(name))
      context.addIssue({
        code: "custom",
        message: `{${name}} is no variable: expected {${namingVariables.join("}, {")}}${nearestHint(name, namingVariables)}`,
      });
});

export const announcements = text("a channel's name, or off").transform((name) =>
  name === "off" ? null : name.replace(/^#/, ""),
);

// https://docs.slack.dev/reference/methods/reactions.add takes the name without colons.
export const mark = text("an emoji's name such as pushpin")
  .transform((name) => name.replace(/^:(.*):$/, "$1"))
  .pipe(z.string().regex(/^[a-z0-9_+'-]+$/, expected("an emoji's name such as pushpin")));

export const userId = z
  .string(expected("a Slack user id such as U0123ABCD"))
  .regex(/^[UW][A-Z0-9]+$/, expected("a Slack user id such as U0123ABCD"));

export const onOff = oneOf(["on", "off"])
  .or(z.boolean())
  .transform((value) => value === true || value === "on");

export const clockTime = text("a time such as 09:00").regex(
  /^(?:[01]\d|2[0-3]):[0-5]\d$/,
  expected("a time such as 09:00"),
);

export const mapping = expected("keys with values");

/** `off` as null; anything else as `schema` has it. `what` is expected of what is neither. */
export const orOff = <Schema extends z.ZodType>(schema: Schema, what: string) =>
  z.union([z.literal("off").transform(() => null), schema], expected(`${what}, or off`));

/** A name without `#`, or an id. */
export const channelName = text("a channel's name").transform((name) => name.replace(/^#/, ""));

import { z } from "zod";
import type { Target } from "../domain/escalation/state.ts";
import { weekdays } from "../domain/rules.ts";
import { nearestHint } from "./nearest.ts";
import { aMoment, instantOf, momentOf } from "./moment.ts";
import { clockTime, duration, expected, lasting, mapping, oneOf, text, timezone, userId } from "./values.ts";

const aName = "a name of letters, digits, - and _";
const name = z
  .string()
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u, expected(aName))
  .refine((given) => given !== "off", { error: "off is no name: it switches things off" });

/** The key under which something stands is its name. */
export const named = <Schema extends z.ZodType>(schema: Schema) =>
  z.record(name, schema, mapping).default({});

const userIds = z.array(userId, expected("a list of Slack user ids such as [U0123ABCD]"));

/** Who owns a service, and the policy that is walked for it. */
export const servicesSchema = named(
  z.strictObject({ owners: userIds.default([]), escalation: text("a policy's name").optional() }, mapping),
);

const aHandover = "a weekday and a time such as mon 09:00";
const handover = z.string(expected(aHandover)).transform((given, context) => {
  const [, day, time] = /^([a-z]{3}) +(\S+)$/i.exec(given.trim()) ?? [];
  const read = z
    .object({ day: oneOf(weekdays), time: clockTime })
    .safeParse({ day: day?.toLowerCase(), time });
  if (read.success) return read.data;
  context.addIssue({ code: "custom", message: `expected ${aHandover}` });
  return z.NEVER;
});

const moment = z.string(expected(aMoment)).transform((given, context) => {
  const read = momentOf(given);
  if (read) return read;
  context.addIssue({ code: "custom", message: `expected ${aMoment}` });
  return z.NEVER;
});

const override = z
  .strictObject({ from: moment, to: moment, person: userId }, mapping)
  .superRefine(({ from, to }, context) => {
    if (instantOf(from, "UTC") >= instantOf(to, "UTC"))
      context.addIssue({ code: "custom", path: ["to"], message: "expected a time after from" });
  });

export const onCallSchema = named(
  z.strictObject(
    {
      /** Undefined: `timezone`. */
      zone: timezone.optional(),
      handover: handover.prefault("mon 09:00"),
      people: userIds.min(1, expected("at least one person")),
      /** A day of the week that is the first one's. */
      since: moment.prefault("2024-01-01"),
      overrides: z.array(override, expected("a list of { from, to, person }")).default([]),
    },
    mapping,
  ),
);

const kinds = ["user", "group", "oncall", "channel", "webhook"] as const;
const aTarget = "user:U0123ABCD, group:name, oncall:name, channel:name or webhook:name";
const isKind = (word: string): word is Target["kind"] => kinds.some((kind) => kind === word);

/** `oncall:primary` as a target. Whether there is such a rotation or webhook is looked up once the whole file is read. */
function targetOf(given: string): Target | { fault: string } {
  const [, kind = "", written = ""] = /^([^:]*):(.*)$/.exec(given.trim()) ?? [];
  const named = written.trim().replace(/^[@#]/, "");
  if (!isKind(kind) || named === "")
    return { fault: `expected ${aTarget}${kind === "" ? "" : nearestHint(kind, kinds)}` };
  if (kind === "user" && !userId.safeParse(named).success)
    return { fault: "expected a Slack user id such as user:U0123ABCD" };
  return { kind, name: named };
}

const target = z.string(expected(aTarget)).transform((given, context): Target => {
  const read = targetOf(given);
  if (!("fault" in read)) return read;
  context.addIssue({ code: "custom", message: read.fault });
  return z.NEVER;
});

const someone = expected(`a list of ${aTarget}`);
const step = z.strictObject(
  {
    after: duration.prefault("0m"),
    notify: z.array(target, someone).min(1, someone),
    when: oneOf(["unacknowledged", "unresolved"]).default("unacknowledged"),
    message: text("a sentence")
      .optional()
      .transform((given) => given ?? null),
  },
  mapping,
);

const aCount = expected("a whole number from 0 to 100");
const someSteps = expected("a list of steps such as { after: 5m, notify: [user:U0123ABCD] }");
export const policiesSchema = named(
  z.strictObject(
    {
      repeat: z.int(aCount).min(0, aCount).max(100, aCount).default(0),
      repeatEvery: lasting.prefault("5m"),
      steps: z.array(step, someSteps).min(1, someSteps),
    },
    mapping,
  ),
);

/** Shown when nobody answers. */
export const phonesSchema = z
  .record(userId, text('a telephone number in quotes such as "+84 28 1234"'), mapping)
  .default({});

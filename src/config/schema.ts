import { z } from "zod";
import { weekdays } from "../domain/rules.ts";
import { defaultTable } from "../domain/policy/severity-table.ts";
import { missedUpdateActs, severities } from "../domain/vocab.ts";
import { audiencesSchema } from "./audiences.ts";
import { onCallSchema, phonesSchema, policiesSchema, servicesSchema } from "./calling.ts";
import { severityTable } from "./severity-table.ts";
import { webhooksSchema } from "./webhooks.ts";
import {
  announcements,
  clockTime,
  duration,
  expected,
  mapping,
  mark,
  naming,
  oneOf,
  onOff,
  positiveDuration,
  text,
  timezone,
  userId,
} from "./values.ts";

interface SeverityDefaults {
  name: string;
  description: string;
  firstUpdate: string;
  updateEvery: string;
  whenMissed?: "remind";
  postmortemWithin?: string;
}

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
        invite: z.array(userId, expected("a list of Slack user ids")).default([]),
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
          days: z
            .array(oneOf(weekdays), expected("a list of weekdays"))
            .default(["mon", "tue", "wed", "thu", "fri"]),
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
    assessment: z
      .strictObject(
        { askAgainAfter: positiveDuration.prefault("5m"), table: severityTable.default(defaultTable) },
        mapping,
      )
      .prefault({}),
    mitigation: z
      .strictObject(
        {
          promptAfter: positiveDuration.prefault("15m"),
          expected: z
            .strictObject(
              {
                rollback: positiveDuration.prefault("5m"),
                flag: positiveDuration.prefault("5m"),
                routing: positiveDuration.prefault("10m"),
                degradation: positiveDuration.prefault("10m"),
                fix: positiveDuration.prefault("30m"),
              },
              mapping,
            )
            .prefault({}),
        },
        mapping,
      )
      .prefault({}),
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
    audiences: audiencesSchema,
    services: servicesSchema,
    onCall: onCallSchema,
    escalation: policiesSchema,
    webhooks: webhooksSchema,
    phones: phonesSchema,
    runbooks: text("the path of a folder, or off").optional(),
  },
  mapping,
);
export type ConfigFile = z.infer<typeof configFileSchema>;

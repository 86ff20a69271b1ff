/** The words of the field, once. Schemas, tables and views take them from here. */

export const severities = ["SEV1", "SEV2", "SEV3", "SEV4"] as const;
export type Severity = (typeof severities)[number];

/** Whether the first is the worse of the two. */
export const isWorse = (one: Severity, other: Severity): boolean =>
  severities.indexOf(one) < severities.indexOf(other);

/** Responders move freely among these. */
export const liveStatuses = ["INVESTIGATING", "IDENTIFIED", "MITIGATING", "MONITORING"] as const;
export type LiveStatus = (typeof liveStatuses)[number];

export const statuses = [...liveStatuses, "RESOLVED"] as const;
export type Status = (typeof statuses)[number];

export const dataLossAnswers = ["yes", "no"] as const;
export type DataLoss = (typeof dataLossAnswers)[number];

/** Post-mortem sections that a person writes. */
export const writtenSections = ["rootCause", "wentWell", "toImprove"] as const;
export type WrittenSection = (typeof writtenSections)[number];

/** Their headings, in forms, messages and the document. */
export const sectionNames: Readonly<Record<WrittenSection, string>> = {
  rootCause: "Root Cause",
  wentWell: "What Went Well",
  toImprove: "What To Improve",
};

/** What a missed update leads to: the bot posts it, only reminds, or does nothing. */
export const missedUpdateActs = ["post", "remind", "off"] as const;
export type MissedUpdateAct = (typeof missedUpdateActs)[number];

/** The words of the field, once. Schemas, tables and views take them from here. */

export const severities = ["SEV1", "SEV2", "SEV3", "SEV4"] as const;
export type Severity = (typeof severities)[number];

/** Whether the first is the worse of the two. */
export const isWorse = (one: Severity, other: Severity): boolean =>
  severities.indexOf(one) < severities.indexOf(other);

/** Responders move freely among these. */
export const liveStatuses = ["INVESTIGATING", "IDENTIFIED", "MITIGATING", "MONITORING"] as const;
export type LiveStatus = (typeof liveStatuses)[number];

export const statuses = [...liveStatuses, "RESOLVED", "CLOSED", "CANCELLED"] as const;
export type Status = (typeof statuses)[number];

export const isLive = (status: Status): status is LiveStatus => liveStatuses.some((each) => each === status);

/** `unknown`: it was said that this is not established. */
export const dataLossAnswers = ["yes", "no", "unknown"] as const;
export type DataLoss = (typeof dataLossAnswers)[number];

/** Post-mortem sections that a person writes. */
export const writtenSections = ["rootCause", "wentWell", "toImprove", "gotLucky"] as const;
export type WrittenSection = (typeof writtenSections)[number];

/** Their headings, in forms, messages and the document. */
export const sectionNames: Readonly<Record<WrittenSection, string>> = {
  rootCause: "Root Cause",
  wentWell: "What Went Well",
  toImprove: "What To Improve",
  gotLucky: "Where We Got Lucky",
};

/** What a missed update leads to: the bot posts it, only reminds, or does nothing. */
export const missedUpdateActs = ["post", "remind", "off"] as const;
export type MissedUpdateAct = (typeof missedUpdateActs)[number];

/** Who does what; a responder is anyone who takes part. */
export const roles = ["commander", "commsLead", "scribe", "operationsLead"] as const;
export type Role = (typeof roles)[number];

export const roleNames: Readonly<Record<Role, string>> = {
  commander: "commander",
  commsLead: "comms lead",
  scribe: "scribe",
  operationsLead: "operations lead",
};

/** Share of the users of the function that is affected, from the least; `unknown` weighs as much as `some`. */
export const userImpacts = ["none", "few", "some", "many", "most", "unknown"] as const;
export type UserImpact = (typeof userImpacts)[number];

export const businessImpacts = ["degraded", "revenue", "sla", "dataLoss", "security"] as const;
export type BusinessImpact = (typeof businessImpacts)[number];

/** From the narrowest. */
export const scopes = ["feature", "service", "services", "system"] as const;
export type Scope = (typeof scopes)[number];

export const trends = ["worsening", "stable", "improving"] as const;
export type Trend = (typeof trends)[number];

/** In the order in which they are offered: the safest first. */
export const mitigationOptions = ["rollback", "flag", "routing", "degradation", "fix"] as const;
export type MitigationOption = (typeof mitigationOptions)[number];

export const mitigationNames: Readonly<Record<MitigationOption, string>> = {
  rollback: "rollback",
  flag: "feature flag off",
  routing: "traffic routing",
  degradation: "graceful degradation",
  fix: "emergency fix",
};

export const mitigationResults = ["worked", "didNot", "abandoned"] as const;
export type MitigationResult = (typeof mitigationResults)[number];

/** Whom updates go to besides the incident channel and the announcement. */
export const audiences = ["support", "management"] as const;
export type Audience = (typeof audiences)[number];

/** What first saw the incident. */
export const detectors = ["alert", "customer", "staff"] as const;
export type Detector = (typeof detectors)[number];
